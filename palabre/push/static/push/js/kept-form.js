// A form as it is kept: its fields in their order with their files, the words by which one knows it again, and the way
// back into a form.

export function fieldsOf(form, submitter) {
  const fields = [...new FormData(form, submitter)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return fields.filter(([, value]) => !(value instanceof File) || value.name); // a field without a file sends an empty one
}

export function wordsOf(form) {
  const written = [...form.elements].filter((field) => field.matches("textarea, input:not([type]), [type=text], [type=url]"));
  const files = [...form.querySelectorAll("[type=file]")].flatMap((field) => [...field.files].map((file) => file.name));
  return [...written.map((field) => field.value.trim()).filter(Boolean), ...files].join("\n");
}

/* A form that nobody sees, with the address to which it goes under its key. */
export function carried(address, key) {
  const form = document.createElement("form");
  const to = new URL(address, location.href);
  to.searchParams.set("once", key);
  form.action = to.pathname + to.search;
  form.method = "post";
  form.hidden = true;
  return form;
}

export function refilled(form, fields) {
  for (const [name, value] of fields) {
    const field = document.createElement("input");
    field.type = value instanceof File ? "file" : "hidden";
    field.name = name;
    if (value instanceof File) {
      const files = new DataTransfer();
      files.items.add(value);
      field.files = files.files;
      form.enctype = "multipart/form-data";
    } else {
      field.value = value;
    }
    form.append(field);
  }
  return form;
}
