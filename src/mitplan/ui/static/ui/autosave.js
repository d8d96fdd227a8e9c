// Saves a form by itself: form[data-autosave="<address>"]. The server answers 2xx when it has saved, and
// 201 with a Location when that created something: from then on the form saves there.
// Without connection the answers wait in this browser and are sent when it returns. The state is
// written into [data-saved] inside the form, which is an aria-live region with its words as data:
//   data-saving="…" data-done="…" data-offline="…"

const PAUSE = 1200;

function watch(form) {
  const place = form.querySelector("[data-saved]");
  const key = `mitplan:${form.dataset.autosave}`;
  let timer;
  let changes = 0;

  const say = (state) => place && (place.textContent = place.dataset[state] ?? "");
  const asText = () => JSON.stringify([...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string"));

  async function save() {
    const sent = changes;
    say("saving");
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "autosave" } });
      if (!answer.ok) throw new Error(answer.status);
      if (answer.status === 201) form.action = form.dataset.autosave = answer.headers.get("Location");
      if (sent !== changes) return;
      localStorage.removeItem(key);
      say("done");
    } catch {
      localStorage.setItem(key, asText());
      say("offline");
    }
  }

  function restore() {
    const kept = localStorage.getItem(key);
    if (!kept) return;
    for (const [name, value] of JSON.parse(kept)) {
      const fields = form.elements.namedItem(name);
      if (fields instanceof RadioNodeList) fields.value = value;
      else if (fields?.type === "checkbox") fields.checked = true;
      else if (fields && fields.type !== "hidden") fields.value = value;
    }
    save();
  }

  const later = () => {
    changes += 1;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => { clearTimeout(timer); if (navigator.onLine) localStorage.removeItem(key); });
  window.addEventListener("online", () => localStorage.getItem(key) && save());
  restore();
}

const watched = new WeakSet();

function watchNew() {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    if (!watched.has(form)) watch(form);
    watched.add(form);
  }
}

watchNew();
document.addEventListener("htmx:after:swap", watchNew);
