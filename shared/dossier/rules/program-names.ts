/** Programs by their file names. */

const SHELL_OR_INTERPRETER =
  /^(?:a|ba|c|da|fi|k|mk|tc|z)?sh$|^(?:busybox|bun|deno|gawk|irb|lua|luajit|mawk|node|nodejs|perl|php|pwsh|python|ruby|tclsh|awk)(?:[\d.-]*)$/;

/** `bin/bash`, `usr/bin/python3.12`: what runs whatever it is given. */
export const isShellOrInterpreter = (path: string): boolean =>
  SHELL_OR_INTERPRETER.test(path.slice(path.lastIndexOf('/') + 1));
