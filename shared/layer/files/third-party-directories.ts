/** Where packages keep files of their own, whose names say nothing about the image's author. */

const DIRECTORIES =
  /(?:^|\/)(?:node_modules|vendor|site-packages|dist-packages|gems|go\/pkg\/mod)\/|^usr\/(?:local\/)?(?:share|lib|lib64|go)\//;

/** Whether the path is in a package of somebody else. */
export const isThirdParty = (path: string): boolean => DIRECTORIES.test(path);
