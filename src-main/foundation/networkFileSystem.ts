import { statfsSync } from 'node:fs';

/** What Linux answers to statfs for file systems that several machines share (linux/magic.h and the systems' own sources). */
const networkTypes = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x517b, 'SMB'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x19830326, 'BeeGFS'],
  [0x00c36400, 'Ceph'],
  [0xaad7aaea, 'PanFS'],
  [0x5346414f, 'AFS'],
  [0x01021997, '9P'],
  // sshfs, GlusterFS and others; a local disk's, such as NTFS, is none the worse for being taken for one.
  [0x65735546, 'FUSE'],
]);

/** The network file system on which a folder lies; null for a local disk, and where the system does not say. */
export function networkFileSystem(folder: string): string | null {
  if (process.platform !== 'linux') return null;
  try {
    return networkTypes.get(statfsSync(folder).type >>> 0) ?? null;
  } catch {
    return null;
  }
}
