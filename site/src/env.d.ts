interface ImportMetaEnv {
  /** The project's folder, absolute; pages are made from its files. */
  readonly PROJECT: string
  /** The project's public address; empty where it has none. See lib/repository.ts. */
  readonly REPOSITORY: string
}

declare namespace App {
  interface Locals {
    /** What Starlight knows of the page that is made; it declares so itself only where the site was built before. */
    starlightRoute: import('@astrojs/starlight/route-data').StarlightRouteData
  }
}
