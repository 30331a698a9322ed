/** The recommendations of the CIS Docker Benchmark on images (section 4) and on running containers (section 5). */

/** Numbers of section 5 are lower by one before 1.6.0: a number means nothing without its version. */
export const CIS_DOCKER_VERSION = '1.6.0';

/** Of section 5 only what a task definition or a pod can show; the rest is about the Docker daemon and its command. */
export const CIS_DOCKER_BENCHMARK = {
  '4.1': 'Ensure a user for the container has been created',
  '4.2': 'Ensure that containers use only trusted base images',
  '4.3': 'Ensure unnecessary packages are not installed in the container',
  '4.4': 'Ensure images are scanned and rebuilt to include security patches',
  '4.5': 'Ensure Content trust for Docker is Enabled',
  '4.6': 'Ensure HEALTHCHECK instructions have been added to the container image',
  '4.7': 'Ensure update instructions are not used alone in the Dockerfile',
  '4.8': 'Ensure setuid and setgid permissions are removed in the images',
  '4.9': 'Ensure COPY is used instead of ADD',
  '4.10': 'Ensure secrets are not stored in Dockerfiles',
  '4.11': 'Ensure only verified packages are installed',
  '4.12': 'Ensure all signed artifacts are validated',
  '5.2': 'Ensure that, if applicable, an AppArmor Profile is enabled',
  '5.3': 'Ensure that, if applicable, SELinux security options are set',
  '5.4': 'Ensure that Linux kernel capabilities are restricted within containers',
  '5.5': 'Ensure that privileged containers are not used',
  '5.6': 'Ensure sensitive host system directories are not mounted on containers',
  '5.7': 'Ensure sshd is not run within containers',
  '5.8': 'Ensure privileged ports are not mapped within containers',
  '5.9': 'Ensure that only needed ports are open on the container',
  '5.10': "Ensure that the host's network namespace is not shared",
  '5.11': 'Ensure that the memory usage for containers is limited',
  '5.12': 'Ensure that CPU priority is set appropriately on containers',
  '5.13': "Ensure that the container's root filesystem is mounted as read only",
  '5.16': "Ensure that the host's process namespace is not shared",
  '5.17': "Ensure that the host's IPC namespace is not shared",
  '5.18': 'Ensure that host devices are not directly exposed to containers',
  '5.19': 'Ensure that the default ulimit is overwritten at runtime if needed',
  '5.20': 'Ensure mount propagation mode is not set to shared',
  '5.22': 'Ensure the default seccomp profile is not Disabled',
  '5.26': 'Ensure that the container is restricted from acquiring additional privileges',
  '5.27': 'Ensure that container health is checked at runtime',
  '5.28': 'Ensure that Docker commands always make use of the latest version of their image',
  '5.29': 'Ensure that the PIDs cgroup limit is used',
  '5.31': "Ensure that the host's user namespaces are not shared",
  '5.32': 'Ensure that the Docker socket is not mounted inside any containers',
} as const;

export type CisRecommendation = keyof typeof CIS_DOCKER_BENCHMARK;
