/** Settings by name, as a process's environment holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;
