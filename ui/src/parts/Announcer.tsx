//! One quiet voice for screen readers: what was saved and what it changed.

export function Announcer({ text }: { text: string }) {
  return (
    <p className="unseen" role="status" aria-live="polite">
      {text}
    </p>
  );
}
