// Events in short, as expected lists write them.

/** Which text it is by number depends on all that was masked before. */
export const masked = (text) => text?.replace(/<([A-Z]+)[^>]*>/g, "<$1>");

/** What an event follows from is told as `< kind`; `all`: where the cause is looked for. */
export function inShort(event, all = []) {
  const { kind, navigation, target, onto, value, key, modifiers = [], button, entry, files, size, changes } = event;
  const cause = kind === "effect" ? undefined : causeOf(event, all);
  return [
    kind,
    ...(button ? [button] : []),
    ...(navigation ? [navigation] : []),
    ...(key ? [[...modifiers, key].join("+")] : modifiers.length > 0 ? [modifiers.join("+")] : []),
    ...(target ? [`${target.role} ${masked(target.name)}`.trim()] : []),
    ...(onto ? [`onto ${onto.role} ${masked(onto.name)}`.trim()] : []),
    ...(value ? [masked(value.text) ?? value.options?.join() ?? value.checked ?? value.disclosure] : []),
    ...(entry ? [entry.by.join()] : []),
    ...(files ? [files] : []),
    ...(size ? [size] : []),
    ...(changes ? [changes.map(({ what, text }) => [what, masked(text)].filter(Boolean).join(" ")).join()] : []),
    ...(cause === undefined ? [] : [`< ${cause}`]),
  ];
}

function causeOf({ cause, cause_document, document }, all) {
  if (cause === undefined) return undefined;
  const whole = all.find(({ n, document: other }) => n === cause && other === (cause_document ?? document));
  return whole?.kind ?? "nothing that was told";
}
