// Views are <template>s in app.html; `data-is="x"` is filled with the text of `x`.

export function clone(id, values = {}) {
  const fragment = document.querySelector(`template#${id}`).content.cloneNode(true);
  for (const element of fragment.querySelectorAll("[data-is]")) {
    const value = values[element.dataset.is];
    if (value === undefined) continue;
    element.textContent = value;
    if (element.classList.contains("chip")) element.dataset.value = value;
  }
  return fragment;
}
