// What requests of scripts need beside what forms carry themselves.

/** Django's token, from its cookie. */
export function csrfToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

/** Fills the one `#` in words that came translated from the server. */
export function filled(words, value) {
  return (words ?? "").replace("#", value);
}
