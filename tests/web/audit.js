// Lists what a reader of the page would miss: controls without a name, texts with too little contrast (WCAG AA).
(() => {
  const found = [];
  const shown = (one) => one.getClientRects().length > 0;
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = ([red, green, blue]) => {
    const part = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      const colour = numbers(style.backgroundColor);
      if (style.backgroundImage !== "none") return numbers(style.backgroundImage.match(/rgb\([^)]*\)$|rgb\([^)]*\)(?=\))/)[0]);
      if (colour.length < 4 || colour[3] > 0.5) return colour;
    }
    return [255, 255, 255];
  };
  for (const one of document.querySelectorAll("button, a, input, textarea")) {
    const name = one.textContent.trim() || one.getAttribute("aria-label") || one.closest("label")?.textContent.trim();
    if (shown(one) && !name) found.push(`no name: ${one.outerHTML}`);
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const one = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !shown(one) || one.closest(".hidden-text, template, noscript, :disabled")) continue;
    const [above, below] = [light(numbers(getComputedStyle(one).color)), light(ground(one))].sort((a, b) => b - a);
    const ratio = (above + 0.05) / (below + 0.05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)}: ${texts.currentNode.data.trim()}`);
  }
  return found;
})();
