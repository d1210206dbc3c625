export async function fetchJson(path, { method = "GET", body } = {}) {
  const response = await fetch(path, { method, body: body && JSON.stringify(body) });
  if (response.status === 401) location.assign("/sign-in");
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}
