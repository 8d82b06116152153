import process from 'node:process';

/**
 * Starts a TypeScript program. Plain JavaScript that any Node can read, so that a Node too old for the rest can say so.
 *
 * @param {() => Promise<unknown>} start
 * @param {string} advice how to start it with the Node that npm ci has installed
 */
export async function launch(start, advice) {
  if (process.features.typescript) {
    await start();
    return;
  }
  process.stderr.write(
    `This is Node ${process.version}; the workbench needs 22.18 or later.\n` +
      `${advice}: that uses the Node that npm ci has installed.\n` +
      'Where npm ci has none for the platform (macOS), install Node 24.\n',
  );
  process.exitCode = 2;
}
