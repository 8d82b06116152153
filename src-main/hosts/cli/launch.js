#!/usr/bin/env node
import process from 'node:process';

// The command line's entry. Plain JavaScript that any Node can read, since one too old for the rest must say so.

if (process.features.typescript) {
  await import('./main.ts');
} else {
  process.stderr.write(
    `This is Node ${process.version}; the workbench needs 22.18 or later.\n` +
      'Run it through npm, as npm run -s vgg -- doctor: that uses the Node that npm ci has installed.\n' +
      'Where npm ci has none for the platform (macOS), install Node 24.\n',
  );
  process.exitCode = 2;
}
