import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { builtApp } from '../builtApp.ts';
import type * as standIn from './electron.ts';

type StandIn = typeof standIn;

type FromMain =
  { type: 'window'; debuggingPort: number } | { type: 'answer'; id: number; value?: unknown; error?: string };

type Answer = Extract<FromMain, { type: 'answer' }>;

/** The built desktop app with the stand-in for Electron, in the manner of Playwright's own for Electron. */
export class ElectronApp {
  readonly process: ChildProcess;
  /** Its exit code, and what it printed. */
  readonly ended: Promise<{ code: number | null; output: string }>;
  readonly #opened = Promise.withResolvers<number>();
  readonly #questions = new Map<number, PromiseWithResolvers<unknown>>();
  #browser: Browser | undefined;
  #asked = 0;

  private constructor(child: ChildProcess) {
    this.process = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    this.ended = new Promise((resolve) => {
      child.once('close', (code) => {
        this.#fail(`The app has ended with ${code ?? 'a signal'}:\n${output}`);
        resolve({ code, output });
      });
    });
    this.#opened.promise.catch(() => undefined);
    child.on('message', (message: FromMain) => {
      if (message.type === 'window') this.#opened.resolve(message.debuggingPort);
      else this.#settle(message);
    });
  }

  static async start(home: string): Promise<ElectronApp> {
    await builtApp();
    return new ElectronApp(
      fork(join(import.meta.dirname, 'main.ts'), ['--home', home], {
        serialization: 'advanced',
        execArgv: [],
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      }),
    );
  }

  /** The page of its window, once that is loaded. */
  async window(): Promise<Page> {
    const address = `http://127.0.0.1:${await this.#opened.promise}`;
    this.#browser ??= await chromium.connectOverCDP(address);
    const page = this.#browser.contexts()[0]?.pages()[0];
    if (!page) throw new Error('The window has no page.');
    return page;
  }

  /** Does something in the main process. The function goes there as text: all it knows comes as arguments. */
  async evaluate<Result, Argument = undefined>(
    work: (electron: StandIn, argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    const id = this.#asked++;
    const question = Promise.withResolvers<unknown>();
    this.#questions.set(id, question);
    this.process.send({ id, work: work.toString(), argument });
    return (await question.promise) as Result;
  }

  /** Ends it, whatever it would ask. */
  async close(): Promise<void> {
    await this.#browser?.close();
    this.process.kill('SIGTERM');
    await this.ended;
  }

  #settle({ id, value, error }: Answer): void {
    const question = this.#questions.get(id);
    this.#questions.delete(id);
    if (error === undefined) question?.resolve(value);
    else question?.reject(new Error(error));
  }

  #fail(reason: string): void {
    for (const { reject } of [this.#opened, ...this.#questions.values()]) reject(new Error(reason));
  }
}
