//! Reads an identity card – typed by a scanner, or from a picture – and hands what it says to be accepted field by field.

import { type FormEvent, useEffect, useRef, useState } from "react";
import type { CardReading, Session } from "../host";
import type { PageProps } from "../pages";
import { Field } from "../parts/Field";
import { isComposing } from "../parts/keys";
import { Failed, Loading } from "../parts/Waiting";
import { useCaseFile } from "../queries";
import { useSpeech, useTextOf } from "../text";
import { CardForm } from "./CardForm";
import { taken, useHandedOver } from "./handoff";
import { useReadCard, useReadPicture } from "./queries";
import { text } from "./text";

export function ScanScreen({ session, rest }: PageProps) {
  const household = rest[0] ?? null;
  return household === null ? (
    <Scan session={session} household={null} head="" />
  ) : (
    <ScanInto session={session} household={household} />
  );
}

function ScanInto({ session, household }: { session: Session; household: string }) {
  const { language } = useSpeech();
  const file = useCaseFile(household, language);
  if (file.isPending) return <Loading />;
  if (file.isError) return <Failed title="" error={file.error} retry={() => void file.refetch()} />;
  return <Scan session={session} household={household} head={file.data.persons[0]?.name ?? ""} />;
}

function Scan({ session, household, head }: { session: Session; household: string | null; head: string }) {
  const { language } = useSpeech();
  const t = useTextOf(text);
  const [typed, setTyped] = useState("");
  const [reading, setReading] = useState<CardReading | null>(null);
  const card = useReadCard();
  const picture = useReadPicture();
  const handed = useHandedOver();
  const box = useRef<HTMLInputElement>(null);
  const busy = card.isPending || picture.isPending;
  const error = card.error ?? picture.error;

  async function read(raw: string) {
    picture.reset();
    if (raw.trim() === "") return;
    const answer = await card.mutateAsync({ text: raw, language }).catch(() => null);
    if (answer) setReading(answer);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: a text that was handed over is read once
  useEffect(() => {
    if (handed === null) return;
    taken();
    setTyped(handed);
    void read(handed);
  }, [handed]);

  useEffect(() => {
    if (reading === null) box.current?.focus();
  }, [reading]);

  async function choose(file: File | undefined) {
    card.reset();
    if (!file) return;
    const bytes = await inBase64(file);
    const answer = await picture.mutateAsync({ bytes, language }).catch(() => null);
    if (answer) setReading(answer);
  }

  const title = household === null ? t.title : t.titleFor(head);
  if (reading) {
    return (
      <div className="page scan">
        <h1>{title}</h1>
        <CardForm
          key={reading.raw}
          session={session}
          reading={reading}
          household={household}
          head={head}
          onAgain={() => {
            setReading(null);
            setTyped("");
          }}
        />
      </div>
    );
  }
  return (
    <div className="page scan">
      <h1>{title}</h1>
      <form
        className="scan-box"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void read(typed);
        }}
      >
        <Field label={t.box} hint={t.boxHint}>
          {(wiring) => (
            <input
              {...wiring}
              ref={box}
              autoComplete="off"
              spellCheck={false}
              lang="en"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => {
                // A scanner's Enter that an input method takes for its own would be lost.
                if (event.key === "Enter" && isComposing(event)) void read(event.currentTarget.value);
              }}
            />
          )}
        </Field>
        <div className="actions">
          <button type="submit" className="main-action">
            {t.read}
          </button>
        </div>
      </form>
      {error && <Failed title={t.failed} error={error} hint={t.byHand} />}
      {busy && <Loading text={t.reading} />}
      <Field label={t.picture} hint={t.pictureHint}>
        {(wiring) => (
          <input
            {...wiring}
            type="file"
            accept="image/png,image/jpeg"
            onChange={(event) => {
              void choose(event.target.files?.[0]);
              event.target.value = "";
            }}
          />
        )}
      </Field>
      <section className="scan-how">
        <h2>{t.how}</h2>
        <ul>
          {t.howList.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
        <p className="quiet">{t.byHand}</p>
      </section>
    </div>
  );
}

async function inBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let letters = "";
  for (let from = 0; from < bytes.length; from += 0x8000) {
    letters += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
  }
  return btoa(letters);
}
