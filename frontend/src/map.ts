// On the skill map, the node under the pointer or the focus lights up its own edges.

function light(map: Element, slug: string, lit: boolean): void {
  const name = CSS.escape(slug);
  const edges = map.querySelectorAll(`[data-from="${name}"], [data-to="${name}"]`);
  for (const edge of edges) edge.classList.toggle("lit", lit);
  map.classList.toggle("lighting", lit);
}

/** Listen on every map under `root` once. */
export function lightUpEdges(root: ParentNode): void {
  for (const map of root.querySelectorAll("svg.map:not([data-lit])")) {
    map.setAttribute("data-lit", "");
    for (const node of map.querySelectorAll("a[data-skill]")) {
      const slug = node.getAttribute("data-skill") ?? "";
      for (const start of ["pointerenter", "focus"])
        node.addEventListener(start, () => light(map, slug, true));
      for (const end of ["pointerleave", "blur"])
        node.addEventListener(end, () => light(map, slug, false));
    }
  }
}
