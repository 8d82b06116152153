type Permission = 'geolocation' | 'clipboard-sanitized-write' | (string & {});

/** Electron's names of what a page may ask for, with Playwright's where Chromium knows it too. */
export const permissions: Record<string, string | undefined> = {
  'clipboard-read': 'clipboard-read',
  'clipboard-sanitized-write': 'clipboard-write',
  'display-capture': undefined,
  fileSystem: undefined,
  fullscreen: undefined,
  geolocation: 'geolocation',
  hid: undefined,
  'idle-detection': undefined,
  keyboardLock: undefined,
  media: 'camera',
  mediaKeySystem: undefined,
  midi: 'midi',
  midiSysex: 'midi-sysex',
  notifications: 'notifications',
  openExternal: undefined,
  pointerLock: undefined,
  serial: undefined,
  'storage-access': 'storage-access',
  usb: undefined,
  'window-management': undefined,
};

interface AskingPage {
  getURL(): string;
}

type Request = (page: AskingPage, permission: Permission, decide: (granted: boolean) => void) => void;
type Check = (page: AskingPage | null, permission: Permission, origin: string) => boolean;

const handlers: { request?: Request; check?: Check; device?: () => boolean } = {};

export const session = {
  defaultSession: {
    setPermissionRequestHandler(handler: Request) {
      handlers.request = handler;
    },
    setPermissionCheckHandler(handler: Check) {
      handlers.check = handler;
    },
    setDevicePermissionHandler(handler: () => boolean) {
      handlers.device = handler;
    },
  },
};

/** Whether a page at an address is given a permission, by what it may have and by what it gets when it asks. */
export async function isGranted(permission: Permission, url: string): Promise<boolean> {
  const { request, check } = handlers;
  // Electron grants what nobody decides on.
  const { origin, protocol, host } = new URL(url);
  const asking = origin === 'null' ? `${protocol}//${host}/` : `${origin}/`;
  const checked = check?.(null, permission, asking) ?? true;
  const requested = await new Promise<boolean>((decide) => {
    if (request) request({ getURL: () => url }, permission, decide);
    else decide(true);
  });
  return checked || requested;
}

export function isDeviceGranted(): boolean {
  return handlers.device?.() ?? false;
}
