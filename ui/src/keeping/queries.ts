//! What the supervisor's screens ask for: users and the log.

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type Accounts,
  type AddUserRequest,
  type AuditPage,
  type AuditRequest,
  type CallError,
  type ChangePasswordRequest,
  call,
  type NewPasswordRequest,
  type SetUpDone,
} from "../host";

const usersKey = ["users"];

export function useUsers() {
  return useQuery<Accounts, CallError>({ queryKey: usersKey, queryFn: () => call("users", {}) });
}

function useUsersChange<Request extends object>(command: string) {
  const client = useQueryClient();
  return useMutation<Accounts, CallError, Request>({
    mutationFn: (request) => call(command, request),
    onSuccess: async (accounts) => {
      client.setQueryData(usersKey, accounts);
      client.removeQueries({ queryKey: ["audit"] });
      await client.invalidateQueries({ queryKey: ["status"] });
    },
  });
}

export const useAddUser = () => useUsersChange<AddUserRequest>("add_user");
export const useNewPassword = () => useUsersChange<NewPasswordRequest>("new_password");
export const useDeactivateUser = () => useUsersChange<{ user: string }>("deactivate_user");
export const useReactivateUser = () => useUsersChange<NewPasswordRequest>("reactivate_user");

export function useChangePassword() {
  return useMutation<unknown, CallError, ChangePasswordRequest>({
    mutationFn: (request) => call("change_password", request),
  });
}

export function useNewRecoveryKey() {
  return useMutation<SetUpDone, CallError, { password: string }>({
    mutationFn: (request) => call("new_recovery_key", request),
  });
}

/** The log changes with everything that is done: it is asked for anew each time it is shown. */
export function useAudit(request: AuditRequest) {
  return useQuery<AuditPage, CallError>({
    queryKey: ["audit", request],
    queryFn: () => call("audit", request),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
}
