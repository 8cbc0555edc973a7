//! Who may sign in: adding, new passwords, taking away and letting in again, and the recovery key.

use ansinh_store::NewUser;

use crate::clock;
use crate::office::{needed, tidy};
use crate::session::Session;
use crate::wire::{
    Account, Accounts, AddUserRequest, ChangePasswordRequest, DeactivateUserRequest, Failure, NewPasswordRequest,
    NewRecoveryKeyRequest, SetUpDone,
};

impl Session {
    pub(crate) async fn users(&self) -> Result<Accounts, Failure> {
        let accounts = self.store.accounts_ever().await?.into_iter();
        let wire = |account: ansinh_store::Account| Account {
            user: account.user.user_name,
            name: account.user.full_name,
            role: account.user.role.into(),
            since: clock::moment(account.created_at),
            deactivated_at: account.deactivated_at.map(clock::moment),
        };
        Ok(Accounts {
            accounts: accounts.map(wire).collect(),
        })
    }

    pub(crate) async fn add_user(&self, request: AddUserRequest) -> Result<Accounts, Failure> {
        let new = NewUser {
            user_name: needed("$.user", &request.user)?,
            full_name: needed("$.name", &request.name)?,
            role: request.role.into(),
            password: request.password,
        };
        self.store.add_user(&new, &self.stamp()).await?;
        self.users().await
    }

    pub(crate) async fn new_password(&self, request: NewPasswordRequest) -> Result<Accounts, Failure> {
        let user = &request.user;
        self.store
            .reset_password(user, &request.password, &self.stamp())
            .await?;
        self.users().await
    }

    pub(crate) async fn deactivate_user(&self, request: DeactivateUserRequest) -> Result<Accounts, Failure> {
        if tidy(&request.user) == self.user.user_name {
            return Err(Failure::bad_request(
                "$.user",
                "không ai tự ngừng tài khoản của chính mình; hãy nhờ người phụ trách khác",
                "nobody deactivates their own account; ask another supervisor",
            ));
        }
        self.store.deactivate_user(&request.user, &self.stamp()).await?;
        self.users().await
    }

    pub(crate) async fn reactivate_user(&self, request: NewPasswordRequest) -> Result<Accounts, Failure> {
        let user = &request.user;
        self.store
            .reactivate_user(user, &request.password, &self.stamp())
            .await?;
        self.users().await
    }

    pub(crate) async fn change_password(&self, request: ChangePasswordRequest) -> Result<(), Failure> {
        let user = &self.user.user_name;
        self.password_of_own(&request.old).await?;
        Ok(self.store.reset_password(user, &request.new, &self.stamp()).await?)
    }

    pub(crate) async fn new_recovery_key(&self, request: NewRecoveryKeyRequest) -> Result<SetUpDone, Failure> {
        self.password_of_own(&request.password).await?;
        let recovery = self.store.replace_recovery_key(&self.stamp()).await?;
        Ok(SetUpDone {
            recovery_key: recovery.to_string(),
        })
    }

    /// Whoever sits at a screen that was left alone does not know the password. Wrong ones count as at sign-in.
    async fn password_of_own(&self, password: &str) -> Result<(), Failure> {
        self.store
            .sign_in_counted(&self.user.user_name, password, clock::now())
            .await?;
        Ok(())
    }
}

impl From<crate::wire::Role> for ansinh_store::Role {
    fn from(role: crate::wire::Role) -> ansinh_store::Role {
        match role {
            crate::wire::Role::Officer => ansinh_store::Role::Officer,
            crate::wire::Role::Supervisor => ansinh_store::Role::Supervisor,
        }
    }
}
