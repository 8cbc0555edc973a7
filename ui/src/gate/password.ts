//! What the screens at the gate know of passwords and of who signed in last.

const memory = "ansinh.user";
const shortest = 8;

/** Returns whether a new password has the length that every one must have. */
export function isLongEnough(password: string): boolean {
  return [...password.normalize("NFC")].length >= shortest;
}

/** Notes who signed in, to offer them first the next time. */
export function remember(user: string): void {
  localStorage.setItem(memory, user.trim());
}

/** Returns who signed in last. */
export function lastUser(): string | null {
  return localStorage.getItem(memory);
}
