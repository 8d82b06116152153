import { buildIfStale } from '../../src-main/hosts/start/build.ts';
import provideEngine from '../support/globalSetup.ts';

export default async function globalSetup(): Promise<void> {
  if (!(await buildIfStale())) throw new Error('The window was not built.');
  await provideEngine();
}
