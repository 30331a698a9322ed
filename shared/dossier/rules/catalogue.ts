/** Every rule about images, in the order of their ids. */
import type { ImageRule } from './image-rule.ts';
import { rootUser } from './img-001-root-user.ts';
import { namedUser } from './img-002-named-user.ts';
import { craftedUser } from './img-003-crafted-user.ts';
import { setuidFiles } from './img-004-setuid-files.ts';
import { fileCapabilities } from './img-005-file-capabilities.ts';
import { sudo } from './img-006-sudo.ts';
import { emptyPassword } from './img-007-empty-password.ts';
import { sharedIds } from './img-008-shared-ids.ts';
import { worldWritable } from './img-009-world-writable.ts';
import { secretInEnv } from './img-010-secret-in-env.ts';
import { secretInBuildArgument } from './img-011-secret-in-build-argument.ts';
import { secretFile } from './img-012-secret-file.ts';
import { deletedSecret } from './img-013-deleted-secret.ts';
import { credentialsInRun } from './img-014-credentials-in-run.ts';
import { buildContext } from './img-015-build-context.ts';
import { movableTag } from './img-020-movable-tag.ts';
import { unapprovedBase } from './img-021-unapproved-base.ts';
import { outdatedBase } from './img-022-outdated-base.ts';
import { endOfLifeDistribution } from './img-023-end-of-life.ts';
import { staleImage } from './img-024-stale-image.ts';
import { notSigned } from './img-025-not-signed.ts';
import { noAttestations } from './img-026-no-attestations.ts';
import { unknownPublisher } from './img-027-unknown-publisher.ts';
import { reservedLabel } from './img-028-reserved-label.ts';
import { untypedManifest } from './img-029-untyped-manifest.ts';
import { foreignLayers } from './img-030-foreign-layers.ts';
import { pathTricks } from './img-031-path-tricks.ts';
import { onbuildTriggers } from './img-032-onbuild.ts';
import { dangerousEnvironment } from './img-033-dangerous-environment.ts';
import { escapingNames } from './img-034-escaping-names.ts';
import { unverifiedPackages } from './img-035-unverified-packages.ts';
import { remoteAdmin } from './img-040-remote-admin.ts';
import { riskyPorts } from './img-041-risky-ports.ts';
import { tools } from './img-042-tools.ts';
import { size } from './img-043-size.ts';
import { downloadAndRun } from './img-044-download-and-run.ts';
import { tlsVerificationOff } from './img-045-tls-verification-off.ts';
import { addInsteadOfCopy } from './img-046-add.ts';
import { updateAlone } from './img-047-update-alone.ts';
import { distUpgrade } from './img-048-dist-upgrade.ts';
import { packageCache } from './img-049-package-cache.ts';
import { unpinnedPackages } from './img-050-unpinned-packages.ts';
import { recommendsInstalled } from './img-051-recommends.ts';
import { pipefail } from './img-052-pipefail.ts';
import { unnecessaryFiles } from './img-053-unnecessary-files.ts';
import { sensitiveVolume } from './img-054-sensitive-volume.ts';
import { healthcheck } from './img-055-healthcheck.ts';
import { shellForm } from './img-056-shell-form.ts';
import { relativeWorkdir } from './img-057-relative-workdir.ts';
import { maintainer } from './img-058-maintainer.ts';
import { traceabilityLabels } from './img-059-traceability-labels.ts';
import { intrudersTools } from './img-060-intruders-tools.ts';

export const IMAGE_RULES: readonly ImageRule[] = [
  rootUser,
  namedUser,
  craftedUser,
  setuidFiles,
  fileCapabilities,
  sudo,
  emptyPassword,
  sharedIds,
  worldWritable,
  secretInEnv,
  secretInBuildArgument,
  secretFile,
  deletedSecret,
  credentialsInRun,
  buildContext,
  movableTag,
  unapprovedBase,
  outdatedBase,
  endOfLifeDistribution,
  staleImage,
  notSigned,
  noAttestations,
  unknownPublisher,
  reservedLabel,
  untypedManifest,
  foreignLayers,
  pathTricks,
  onbuildTriggers,
  dangerousEnvironment,
  escapingNames,
  unverifiedPackages,
  remoteAdmin,
  riskyPorts,
  tools,
  size,
  downloadAndRun,
  tlsVerificationOff,
  addInsteadOfCopy,
  updateAlone,
  distUpgrade,
  packageCache,
  unpinnedPackages,
  recommendsInstalled,
  pipefail,
  unnecessaryFiles,
  sensitiveVolume,
  healthcheck,
  shellForm,
  relativeWorkdir,
  maintainer,
  traceabilityLabels,
  intrudersTools,
];
