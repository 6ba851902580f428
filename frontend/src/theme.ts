// The theme: the browser's choice unless the reader makes another. It is kept in a cookie, so that
// the server writes it into the page and nothing flashes.

const YEAR = 365 * 24 * 60 * 60;

type Theme = "light" | "dark";

function current(): Theme {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function show(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax`;
}

/** Make every `[data-theme-switch]` form change the theme without loading the page again. */
export function listenToTheme(): void {
  document.addEventListener("submit", (event) => {
    if (event.target instanceof HTMLFormElement && event.target.matches("[data-theme-switch]")) {
      event.preventDefault();
      show(current() === "dark" ? "light" : "dark");
    }
  });
}
