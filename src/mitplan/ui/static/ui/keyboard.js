// Keys for lists and choices. Nothing here is needed: every row has a link, every choice a button.
//   table[data-keys]         j / k choose the next or previous row, Enter opens its first link
//   [data-digit="3"]         the digit 3 presses this button, link, or choice
//   [data-key="s"]           the letter does the same; of several with one key the first that is visible

const WRITING = "input:not([type=radio]):not([type=checkbox]):not([type=submit]), textarea, select, [contenteditable]";

function chooseRow(table, step) {
  const rows = [...table.tBodies[0].rows];
  const now = rows.findIndex((row) => row.ariaSelected === "true");
  const next = rows[Math.min(Math.max(now + step, 0), rows.length - 1)];
  rows.forEach((row) => row.removeAttribute("aria-selected"));
  next.setAttribute("aria-selected", "true");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("a[href]")?.focus({ preventScroll: true });
}

function press(element) {
  if (element.matches("input[type=radio], input[type=checkbox]")) element.focus();
  element.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(WRITING)) return;
  const table = document.querySelector("table[data-keys]");
  if (table?.tBodies[0]?.rows.length && (event.key === "j" || event.key === "k")) {
    chooseRow(table, event.key === "j" ? 1 : -1);
    event.preventDefault();
    return;
  }
  if (!/^[a-z0-9]$/i.test(event.key)) return;
  const kind = /\d/.test(event.key) ? "digit" : "key";
  const keyed = document.querySelectorAll(`[data-${kind}="${event.key}"]:not([disabled])`);
  const target = [...keyed].find((element) => element.checkVisibility({ visibilityProperty: true }));
  if (!target) return;
  press(target);
  event.preventDefault();
});
