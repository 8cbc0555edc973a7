//! What the backup screen asks for.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type BackupPlanRequest,
  type BackupState,
  type CallError,
  call,
  type RestoreBackupRequest,
  type Restored,
} from "../host";

const key = ["backup"];

export function useBackupState() {
  return useQuery<BackupState, CallError>({
    queryKey: key,
    queryFn: () => call("backup_state", {}),
    staleTime: 0,
  });
}

/** After a backup was made, the list and the line at the foot say so. */
export function useRefreshBackups() {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey: key });
    await client.invalidateQueries({ queryKey: ["status"] });
  };
}

export function useSaveBackupPlan() {
  const client = useQueryClient();
  return useMutation<BackupState, CallError, BackupPlanRequest>({
    mutationFn: (request) => call("save_backup_plan", request),
    onSuccess: (state) => client.setQueryData(key, state),
  });
}

export function useRestoreBackup() {
  return useMutation<Restored, CallError, RestoreBackupRequest>({
    mutationFn: (request) => call("restore_backup", request),
  });
}
