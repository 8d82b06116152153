type Handler = (request: Request) => Response | Promise<Response>;

interface Scheme {
  scheme: string;
  privileges: Record<string, boolean>;
}

const handlers = new Map<string, Handler>();

export const protocol = {
  privileged: [] as Scheme[],
  registerSchemesAsPrivileged(schemes: Scheme[]): void {
    this.privileged = schemes;
  },
  handle(scheme: string, handler: Handler): void {
    handlers.set(scheme, handler);
  },
};

/** What the handler of its scheme answers to a request; nothing reaches the network. */
export function request(url: string, method = 'GET'): Response | Promise<Response> {
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  return handler?.(new Request(url, { method })) ?? Response.error();
}
