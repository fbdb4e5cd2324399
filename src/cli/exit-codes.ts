/** Exit codes of every command, documented in docs/reference/cli.md. */
export const EXIT_OK = 0;
/** Something unexpected: a defect of Faultline. */
export const EXIT_DEFECT = 1;
/** The command line cannot be understood. */
export const EXIT_USAGE = 2;
/** Some input could not be read; what could be read was still worked on. */
export const EXIT_UNREADABLE = 3;
/** Interrupted (Ctrl-C): 128 + SIGINT. */
export const EXIT_INTERRUPTED = 130;
