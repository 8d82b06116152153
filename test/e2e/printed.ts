import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { PdfFile } from '../src-renderer/ui/PdfFile.ts';

/** Saves a figure by the menu of that name. @param kind how the menu's item begins */
export async function saved(
  window: Page,
  menu: string,
  kind: RegExp,
): Promise<{ name: string; bytes: Buffer }> {
  await window.getByRole('button', { name: menu }).click();
  const downloaded = window.waitForEvent('download');
  await window.getByRole('menuitem', { name: kind }).click();
  const download = await downloaded;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Saves a figure in every form, and gives its texts as the PDF has them. */
export async function printed(window: Page, menu: string): Promise<string[]> {
  const pdf = await saved(window, menu, /^Figure/);
  expect(pdf.name).toMatch(/\.pdf$/);
  const svg = await saved(window, menu, /^Drawing/);
  expect(svg.bytes.toString()).toMatch(/^<svg [^>]*font-family="'Inter', sans-serif"[^]*@font-face/);
  const png = await saved(window, menu, /^Picture/);
  const width = Number(/^<svg [^>]*width="(\d+)"/.exec(svg.bytes.toString())?.[1]);
  // The width stands behind the signature, the length and the name of the first chunk; a pixel of CSS is 1/96 inch.
  expect(png.bytes.readUInt32BE(16)).toBe(Math.round((width * 300) / 96));
  return (await PdfFile.of(new Blob([new Uint8Array(pdf.bytes)]))).written;
}
