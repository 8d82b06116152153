import process from 'node:process';

// What `npm start` runs. Plain JavaScript that any Node can read, since one too old for the rest must say so.

if (process.features.typescript) {
  await import('./main.ts');
} else {
  process.stderr.write(
    `This is Node ${process.version}; the workbench needs 22.18 or later.\n` +
      'Start it with npm start: that uses the Node that npm ci has installed.\n' +
      'Where npm ci has none for the platform (macOS), install Node 24.\n',
  );
  process.exitCode = 2;
}
