interface ImportMetaEnv {
  /** The project's folder, absolute; pages are made from its files. */
  readonly PROJECT: string
}
