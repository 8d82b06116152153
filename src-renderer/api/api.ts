import { Connection } from './Connection.svelte.ts';

/** The window's one connection to the workbench, and the API over it. */
export const connection = new Connection();
export const api = connection.api;
