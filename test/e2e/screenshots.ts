import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { Page } from '@playwright/test';
import { buildIfStale } from '../../src-main/hosts/start/build.ts';
import { RunLog } from '../../src-main/runs/RunLog.ts';
import { until } from '../support/until.ts';
import { BrowserWorkbench, launchBrowser } from './BrowserWorkbench.ts';

/*
 * Pictures of each view, in both themes and at three widths, from the runs of a data folder:
 * npm run screenshots -- --home FOLDER [--out FOLDER] [--docs]
 * With --docs the light ones at 1440 pixels also replace those of docs/images.
 */

const values = new Command('npm run screenshots --')
  .description('Takes pictures of every view, in both themes and at three widths.')
  .requiredOption('--home <FOLDER>', 'a data folder with a finished study')
  .option('--out <FOLDER>', 'for the pictures', 'out/screenshots')
  .option('--docs', 'also replaces those of docs/images by the light ones at 1440 pixels', false)
  .parse()
  .opts<{ home: string; out: string; docs: boolean }>();
const out = resolve(values.out);
mkdirSync(out, { recursive: true });
if (!(await buildIfStale())) throw new Error('The window was not built.');

const browser = await launchBrowser();
const workbench = await openAt(resolve(values.home));
const { page } = workbench;
for (const theme of ['light', 'dark'] as const) {
  await page.emulateMedia({ colorScheme: theme });
  for (const width of [1440, 900, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    for (const [name, address] of addresses(resolve(values.home)))
      await picture(page, name, address, `${theme}-${width}`);
  }
}
await workbench.close();
await pictureOfGuide();
await browser.close();
if (values.docs) renewDocs();

async function openAt(home: string): Promise<BrowserWorkbench> {
  // What moves is never twice the same.
  const opened = await BrowserWorkbench.open(home, browser, { reducedMotion: 'reduce' });
  // A machine that others use too takes several times as long.
  opened.page.setDefaultTimeout(600_000);
  return opened;
}

/** The view Claims where nothing has been run. */
async function pictureOfGuide(): Promise<void> {
  const empty = await openAt(mkdtempSync(join(tmpdir(), 'vgg-guide-')));
  for (const theme of ['light', 'dark'] as const) {
    await empty.page.emulateMedia({ colorScheme: theme });
    for (const width of [1440, 900, 1920]) {
      await empty.page.setViewportSize({ width, height: 900 });
      await picture(empty.page, 'claims-guide', '/claims', `${theme}-${width}`);
    }
  }
  await empty.close();
}

/** Takes over, of the pictures that were made, those that the documents have. */
function renewDocs(): void {
  const images = join(import.meta.dirname, '..', '..', 'docs', 'images');
  for (const file of readdirSync(images)) {
    const taken = join(out, file.replace('.png', '-light-1440.png'));
    if (existsSync(taken)) copyFileSync(taken, join(images, file));
  }
}

function addresses(home: string): [name: string, address: string][] {
  const log = new RunLog(home);
  const runs = log.list.all({ status: 'finished' });
  const studies = log.studies.list();
  log.close();
  const study = studies.find(({ definition }) => definition.comparison === undefined);
  const comparison = studies.find(({ definition }) => definition.comparison !== undefined);
  const nets = new Map(runs.map((run) => [run.config, run.id]));
  const shown = nets.get('D') ?? runs[0]?.id ?? '';
  const compared = [...nets.values()].slice(0, 4).join(',');
  return [
    ['welcome', '/welcome'],
    ['runs', '/runs'],
    ['runs-groups', '/runs?look=groups'],
    ['runs-parallel', '/runs?look=parallel'],
    ['runs-scatter', '/runs?look=scatter'],
    ['queue', '/runs?queue=open'],
    ['new-run', '/new'],
    ['sweep', `/new?what=run&sweep=${encodeURIComponent('training.learningRate=0.01,0.03')}`],
    ['new-study', '/new?what=study'],
    ['run', `/run/${shown}`],
    ['run-layers', `/run/${shown}?tab=layers`],
    ['run-confusion', `/run/${shown}?tab=confusion`],
    ['run-mistakes', `/run/${shown}?tab=mistakes`],
    ['compare', `/compare/${compared}`],
    ['maps', `/maps/${shown}?layer=conv2_1`],
    ['grad-cam', `/maps/${shown}?layer=conv5_1&tab=grad-cam`],
    ['tables', `/tables/${study?.id ?? ''}?table=3`],
    ...(comparison ? [['comparison', `/tables/${comparison.id}`] as [string, string]] : []),
    ['claims', '/claims'],
    ['networks', '/networks?left=B&right=D'],
    ['residual-nets', '/networks?left=plain-34&right=resnet-34'],
    ['settings', '/settings'],
  ];
}

async function picture(shown: Page, name: string, address: string, suffix: string): Promise<void> {
  const { origin, pathname } = new URL(shown.url());
  await shown.goto(`${origin}${pathname}#${address}`);
  await shown.getByRole('heading', { level: 1 }).waitFor();
  await shown.waitForFunction(() => document.querySelector('[role=status] .spinner') === null);
  // Charts and pictures are drawn a moment after their data came: two pictures alike say that all is there.
  let before: Buffer | undefined;
  await until(async () => {
    const now = await shown.screenshot({ path: join(out, `${name}-${suffix}.png`) });
    const isStill = before?.equals(now) ?? false;
    before = now;
    return isStill;
  });
}
