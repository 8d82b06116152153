import { schemeHandlers } from './chromium.ts';

interface Scheme {
  scheme: string;
  privileges: Record<string, boolean>;
}

export const protocol = {
  privileged: [] as Scheme[],
  registerSchemesAsPrivileged(schemes: Scheme[]): void {
    this.privileged = schemes;
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    schemeHandlers.set(scheme, handler);
  },
};
