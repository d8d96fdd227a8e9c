// Words of a letter that are marked tick their block and fill the field of the excerpt.
const blocksIn = (range) =>
  [...document.querySelectorAll("[data-block]")].filter((each) => range.intersectsNode(each));

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const excerpt = document.querySelector("[name=excerpt]");
  if (!excerpt || !selection.rangeCount || !selection.toString().trim()) return;
  const blocks = blocksIn(selection.getRangeAt(0));
  if (!blocks.length) return;
  const chosen = new Set(blocks.map((each) => each.dataset.block));
  for (const box of document.querySelectorAll("[name=block]")) box.checked = chosen.has(box.id);
  excerpt.value = blocks.length === 1 ? selection.toString().trim().replace(/\s+/g, " ") : "";
});
