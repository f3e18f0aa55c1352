/** An address that names a `<details>` opens it. */
function open(): void {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (named instanceof HTMLDetailsElement) named.open = true
}

addEventListener('hashchange', open)
open()
