/** What one layer holds, by itself: the same bytes have the same report, whatever image they are part of. */
import type { Digest } from '../image/digest.ts';

/** A package as its own database or manifest names it. */
export interface Component {
  readonly name: string;
  /** As the package manager prints it: with epoch and release for deb and rpm. */
  readonly version: string;
  /** The package URL types. */
  readonly type: 'deb' | 'apk' | 'rpm' | 'npm' | 'pypi' | 'golang' | 'maven';
  readonly architecture?: string;
  /** The file that names it, without a leading slash: the database, `package.json`, `METADATA`, the binary, the jar. */
  readonly path: string;
}

export const SECRET_KINDS = [
  'private-key',
  'encrypted-private-key',
  'aws-access-key',
  'aws-secret-key',
  'github-token',
  'gitlab-token',
  'slack-token',
  'slack-webhook',
  'google-api-key',
  'gcp-service-account',
  'azure-storage-key',
  'azure-client-secret',
  'stripe-key',
  'openai-key',
  'anthropic-key',
  'huggingface-token',
  'sendgrid-key',
  'twilio-key',
  'npm-token',
  'pypi-token',
  'rubygems-token',
  'docker-hub-token',
  'registry-credentials',
  'package-manager-credentials',
  'git-credentials',
  'netrc-credentials',
  'kubernetes-credentials',
  'database-url',
  'jwt',
  'password-hash',
  'terraform-state',
  /** By its name alone: an assignment in an environment or a configuration file. */
  'named-secret',
] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

/** A secret in a file: nothing of its value but a keyed hash, which tells two apart for whoever has the key. */
export interface FoundSecret {
  readonly kind: SecretKind;
  readonly path: string;
  /** 32 hex digits of HMAC-SHA-256 over kind and value. */
  readonly fingerprint: string;
}

export const NOTABLE_KINDS = [
  /** A regular file with the setuid or setgid bit; `detail`: `setuid`, `setgid`, `setuid, setgid`. */
  'setuid',
  /** `detail`: the capabilities as getcap prints their names: `cap_net_raw,cap_sys_admin`. */
  'capabilities',
  /** A directory that everybody may write to and that has no sticky bit, or an executable that everybody may write to. */
  'world-writable',
  /** `etc/passwd`, `etc/shadow`, `etc/group`, `etc/sudoers` writable for group or others. */
  'writable-system-file',
  /** A name under which secrets are kept: `root/.ssh/id_rsa`, `.npmrc`; `detail`: what usually stands in it. */
  'secret-name',
  /** What belongs to a build and not into an image: `Dockerfile`, `.env`; `.git`, CI folders: one, `detail`: `23 files`. */
  'build-context',
  /** `detail`: `shell`, `package manager`, `compiler`, `download`, `network`, `interpreter`. */
  'tool',
  /** `sshd`, `dropbear`, `telnetd`, `vncserver`. */
  'remote-admin',
  'sudo',
  /** Names of miners and intruders' tools. */
  'malicious-name',
  /** A package manager's cache: one for its directory; `detail`: `23 files`; `size`: of them all. */
  'package-cache',
  /** `.DS_Store`, editors' files. */
  'clutter',
  /** `dev`, `proc`, `sys` as symbolic links; `detail`: where to. */
  'linked-mount-point',
  /**
   * A name or a hardlink's target that climbs out: `detail`: `..`, `hardlink target`. `absolute name`: the first such
   * entry of the layer; Distroless and Paketo write whole layers so, and every unpacker takes them from the root.
   */
  'escaping-name',
  /** `detail`: `character device`, `block device`, `FIFO`; `overlayfs whiteout`: 0/0, which hides a file below it. */
  'device',
] as const;
export type NotableKind = (typeof NOTABLE_KINDS)[number];

export interface NotableFile {
  readonly kind: NotableKind;
  /** Without a leading slash, printable. */
  readonly path: string;
  /** Permission bits with setuid, setgid and sticky: 0o4755. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly detail?: string;
}

export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly shell: string;
}

export interface Group {
  readonly name: string;
  readonly gid: number;
}

/** Small files whose content rules ask for; each only if the layer has it, read to its end. */
export interface SystemFiles {
  /** `etc/passwd`; `malformed`: how many lines do not read. */
  readonly passwd?: {
    readonly size: number;
    readonly accounts: readonly Account[];
    readonly malformed: number;
    /** What runtimes make of malformed lines, where no line before them has the name. */
    readonly misread?: readonly Account[];
    /** Names whose password is empty in `etc/passwd` itself, so that `etc/shadow` is not asked. */
    readonly emptyPasswords?: readonly string[];
  };
  readonly group?: { readonly size: number; readonly groups: readonly Group[]; readonly malformed: number };
  /** `etc/shadow`: names whose password is empty. Nothing else of it is kept. */
  readonly shadow?: { readonly emptyPasswords: readonly string[] };
  /** `etc/sudoers` and files under `etc/sudoers.d`: who may do what without a password. */
  readonly sudoers?: readonly { readonly path: string; readonly withoutPassword: boolean; readonly all: boolean }[];
  /** `etc/os-release`, else `usr/lib/os-release`; names in upper case as written there. */
  readonly osRelease?: { readonly path: string; readonly fields: Readonly<Record<string, string>> };
  /** Lines of `etc/ld.so.preload`. */
  readonly ldSoPreload?: readonly string[];
  /** `.git/config` files: whether a URL, or the header that is sent with it, holds credentials. */
  readonly gitConfigs?: readonly { readonly path: string; readonly urlWithCredentials: boolean }[];
}

/** What stopped a scan before the layer's end, or what could not be read in it. */
export const CUT_REASONS = [
  'bytes',
  'files',
  'file-size',
  'ratio',
  'time',
  'findings',
  'unreadable-archive',
  'encrypted',
  'foreign',
  'failed',
] as const;

/** A layer that was not read to its end, or not in full, is never clean. */
export interface Truncation {
  readonly by: (typeof CUT_REASONS)[number];
  /** One sentence for people: which budget, which file. */
  readonly text: string;
}

/** Of the report's shape and of what is looked for: raised with either, so that every layer is scanned anew. */
export const LAYER_REPORT_VERSION = 1;

export interface LayerReport {
  readonly version: typeof LAYER_REPORT_VERSION;
  /** Of the blob as the registry stores it. */
  readonly digest: Digest;
  /** Of the uncompressed tar, as it was read; absent where the reading was cut. */
  readonly diffId?: Digest;
  readonly compression: 'gzip' | 'zstd' | 'none' | 'unknown';
  /** Bytes of the blob that were read. */
  readonly size: number;
  /** Bytes of the tar. */
  readonly uncompressedSize: number;
  /** Entries that are neither directories nor whiteouts. */
  readonly files: number;
  /** Empty: all of it was read. */
  readonly truncated: readonly Truncation[];
  /** Of `files`' paths, so that what a later layer overwrites is known without names: `path-set.ts`. */
  readonly paths: string;
  /** Paths that the layer deletes from those below it. */
  readonly whiteouts: readonly string[];
  /** Directories whose content below it the layer hides. */
  readonly opaque: readonly string[];
  readonly secrets: readonly FoundSecret[];
  readonly components: readonly Component[];
  /** Package databases that the layer brings whole: their packages take the place of those of the same path below. */
  readonly databases: readonly string[];
  readonly notable: readonly NotableFile[];
  readonly system: SystemFiles;
}
