//! Reading cards, and recording what was accepted of one.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type AcceptCardRequest,
  type CallError,
  type CardAccepted,
  type CardReading,
  call,
  type ReadCardRequest,
  type ReadPictureRequest,
} from "../host";

export function useReadCard() {
  return useMutation<CardReading, CallError, ReadCardRequest>({
    mutationFn: (request) => call("read_card", request),
  });
}

export function useReadPicture() {
  return useMutation<CardReading, CallError, ReadPictureRequest>({
    mutationFn: (request) => call("read_card_picture", request),
  });
}

export function useAcceptCard() {
  const client = useQueryClient();
  return useMutation<CardAccepted, CallError, AcceptCardRequest>({
    mutationFn: (request) => call("accept_card", request),
    onSuccess: ({ household }) => {
      client.removeQueries({ queryKey: ["case_file", household] });
      client.removeQueries({ queryKey: ["screening", household] });
      client.removeQueries({ queryKey: ["explanation", household] });
      client.removeQueries({ queryKey: ["preview", household] });
      void client.invalidateQueries({ queryKey: ["search"] });
    },
  });
}
