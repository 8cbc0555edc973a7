//! `keys.json`: the data key, wrapped once for each user and once for the recovery key.
//!
//! A password becomes a key by argon2id with a salt of its own; the costs stand beside each wrapped key, so that they can be
//! raised later. The wrapping (XChaCha20-Poly1305) is bound to the user's name: an entry cannot be moved to another user.
//! A false cost or salt in the file only makes the password fail, and a role in it is only shown: what a user may do stands
//! in the database. The file holds no password, no name of a household and nothing a reader could use without a password or
//! the recovery key.

use crate::files::write_atomically;
use crate::{KnownUser, RecoveryKey, Role, StoreError};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use data_encoding::HEXLOWER;
use rand::TryRng;
use rand::rngs::SysRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::Path;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

const FORMAT: u32 = 1;
const KEY_LENGTH: usize = 32;
const SALT_LENGTH: usize = 16;
const NONCE_LENGTH: usize = 24;

// Above these a file of keys is damaged, not careful: it would only make signing in hang.
const MOST_MEMORY_KIB: u32 = 4 * 1024 * 1024;
const MOST_PASSES: u32 = 64;
const MOST_LANES: u32 = 64;

/// How much work it is to try one password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyCost {
    /// 64 MiB and three passes, about a seventh of a second: for every real database.
    Full,
    /// Almost none: for tests and for sample data whose password is public. Never for real people.
    Light,
}

impl KeyCost {
    fn cost(self) -> Cost {
        match self {
            Self::Full => Cost {
                memory_kib: 64 * 1024,
                passes: 3,
                lanes: 1,
            },
            Self::Light => Cost {
                memory_kib: 64,
                passes: 1,
                lanes: 1,
            },
        }
    }
}

/// The key of the database.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct DataKey(Zeroizing<[u8; KEY_LENGTH]>);

impl DataKey {
    pub(crate) fn new() -> Result<Self, StoreError> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// Returns the key as SQLCipher takes a raw key, so that it derives nothing of its own from it.
    pub(crate) fn pragma(&self) -> String {
        format!("\"x'{}'\"", HEXLOWER.encode(self.0.as_slice()))
    }
}

/// The content of `keys.json`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keys {
    format: u32,
    users: Vec<UserKey>,
    recovery: Wrapped,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct UserKey {
    user_name: String,
    /// Files of the first days do not say it.
    #[serde(default)]
    role: Role,
    argon2id: Cost,
    wrapped: Wrapped,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrapped {
    salt: String,
    nonce: String,
    key: String,
}

#[derive(Deserialize)]
struct Format {
    format: u32,
}

impl Keys {
    /// Wraps the data key for the recovery key alone. Users follow with [`Keys::add_user`].
    pub(crate) fn new(data: &DataKey, recovery: &RecoveryKey) -> Result<Self, StoreError> {
        Ok(Self {
            format: FORMAT,
            users: Vec::new(),
            recovery: wrap_for_recovery(data, recovery)?,
        })
    }

    pub(crate) fn read(path: &Path) -> Result<Self, StoreError> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(StoreError::DamagedKeys),
            Err(e) => return Err(StoreError::file(path, e)),
        };
        let Format { format } = serde_json::from_slice(&bytes).map_err(|_| StoreError::DamagedKeys)?;
        if format > FORMAT {
            return Err(StoreError::NewerKeys {
                found: format,
                supported: FORMAT,
            });
        }
        serde_json::from_slice(&bytes).map_err(|_| StoreError::DamagedKeys)
    }

    pub(crate) fn write(&self, path: &Path) -> Result<(), StoreError> {
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|_| StoreError::DamagedKeys)?;
        bytes.push(b'\n');
        write_atomically(path, &bytes)
    }

    pub(crate) fn known_users(&self) -> Vec<KnownUser> {
        let known = |user: &UserKey| KnownUser {
            user_name: user.user_name.clone(),
            role: user.role,
        };
        self.users.iter().map(known).collect()
    }

    /// Wraps the data key for one more user, in place of what stood under their name.
    pub(crate) fn add_user(
        &mut self,
        data: &DataKey,
        user: KnownUser,
        password: &str,
        cost: KeyCost,
    ) -> Result<(), StoreError> {
        let (argon2id, wrapped) = wrap_for_user(data, &user.user_name, password, cost)?;
        self.remove_user(&user.user_name);
        self.users.push(UserKey {
            user_name: user.user_name,
            role: user.role,
            argon2id,
            wrapped,
        });
        Ok(())
    }

    /// Wraps the data key for a user anew, in place of what their old password opened. It is never cheaper to guess.
    pub(crate) fn set_password(&mut self, data: &DataKey, user_name: &str, password: &str) -> Result<(), StoreError> {
        let user = self
            .users
            .iter_mut()
            .find(|user| user.user_name == user_name)
            .ok_or_else(|| StoreError::UnknownUser {
                user_name: user_name.to_owned(),
            })?;
        let cost = if user.argon2id.memory_kib <= KeyCost::Light.cost().memory_kib {
            KeyCost::Light
        } else {
            KeyCost::Full
        };
        (user.argon2id, user.wrapped) = wrap_for_user(data, user_name, password, cost)?;
        Ok(())
    }

    /// Takes away what a user's password opened.
    pub(crate) fn remove_user(&mut self, user_name: &str) {
        self.users.retain(|user| user.user_name != user_name);
    }

    /// Returns what it costs to guess a password here: light only where it is light for everybody.
    pub(crate) fn cost(&self) -> KeyCost {
        let light = KeyCost::Light.cost().memory_kib;
        let is_light = |user: &UserKey| user.argon2id.memory_kib <= light;
        if !self.users.is_empty() && self.users.iter().all(is_light) {
            KeyCost::Light
        } else {
            KeyCost::Full
        }
    }

    /// Wraps the data key for a new recovery key; the old one opens nothing any more.
    pub(crate) fn set_recovery(&mut self, data: &DataKey, recovery: &RecoveryKey) -> Result<(), StoreError> {
        self.recovery = wrap_for_recovery(data, recovery)?;
        Ok(())
    }

    pub(crate) fn unwrap_with_password(&self, user_name: &str, password: &str) -> Result<DataKey, StoreError> {
        let user = self
            .users
            .iter()
            .find(|user| user.user_name == user_name)
            .ok_or_else(|| StoreError::UnknownUser {
                user_name: user_name.to_owned(),
            })?;
        let salt = bytes::<SALT_LENGTH>(&user.wrapped.salt)?;
        let key = from_password(password, &salt, user.argon2id)?;
        unwrap(&user.wrapped, &key, &purpose(user_name))?.ok_or(StoreError::WrongPassword)
    }

    pub(crate) fn unwrap_with_recovery(&self, recovery: &RecoveryKey) -> Result<DataKey, StoreError> {
        let salt = bytes::<SALT_LENGTH>(&self.recovery.salt)?;
        unwrap(&self.recovery, &from_recovery(recovery, &salt), RECOVERY)?.ok_or(StoreError::WrongRecoveryKey)
    }
}

const RECOVERY: &[u8] = b"ansinh data key 1, for the recovery key";

fn purpose(user_name: &str) -> Vec<u8> {
    [b"ansinh data key 1, for the user ", user_name.as_bytes()].concat()
}

/// The same password typed on another keyboard may arrive in other code points: NFC makes them one.
fn from_password(password: &str, salt: &[u8], cost: Cost) -> Result<Zeroizing<[u8; KEY_LENGTH]>, StoreError> {
    if cost.memory_kib > MOST_MEMORY_KIB || cost.passes > MOST_PASSES || cost.lanes > MOST_LANES {
        return Err(StoreError::DamagedKeys);
    }
    let params =
        Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(KEY_LENGTH)).map_err(|_| StoreError::DamagedKeys)?;
    let password: Zeroizing<String> = Zeroizing::new(password.nfc().collect());
    let mut key = Zeroizing::new([0; KEY_LENGTH]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, key.as_mut_slice())
        .map_err(|_| StoreError::DamagedKeys)?;
    Ok(key)
}

/// The recovery key is random and long, so one digest is enough where a password needs argon2id.
fn from_recovery(recovery: &RecoveryKey, salt: &[u8]) -> Zeroizing<[u8; KEY_LENGTH]> {
    let digest = Sha256::new_with_prefix(RECOVERY)
        .chain_update(salt)
        .chain_update(recovery.secret())
        .finalize();
    Zeroizing::new(digest.into())
}

fn wrap_for_user(
    data: &DataKey,
    user_name: &str,
    password: &str,
    cost: KeyCost,
) -> Result<(Cost, Wrapped), StoreError> {
    let cost = cost.cost();
    let salt = random::<SALT_LENGTH>()?;
    let key = from_password(password, &salt, cost)?;
    Ok((cost, wrap(data, &key, &salt, &purpose(user_name))?))
}

fn wrap_for_recovery(data: &DataKey, recovery: &RecoveryKey) -> Result<Wrapped, StoreError> {
    let salt = random::<SALT_LENGTH>()?;
    wrap(data, &from_recovery(recovery, &salt), &salt, RECOVERY)
}

fn wrap(data: &DataKey, key: &Zeroizing<[u8; KEY_LENGTH]>, salt: &[u8], purpose: &[u8]) -> Result<Wrapped, StoreError> {
    let nonce = random::<NONCE_LENGTH>()?;
    let payload = Payload {
        msg: data.0.as_slice(),
        aad: purpose,
    };
    let wrapped = XChaCha20Poly1305::new(&Key::from(**key))
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| StoreError::DamagedKeys)?;
    Ok(Wrapped {
        salt: HEXLOWER.encode(salt),
        nonce: HEXLOWER.encode(&nonce),
        key: HEXLOWER.encode(&wrapped),
    })
}

/// Returns nothing where the key is the wrong one.
fn unwrap(wrapped: &Wrapped, key: &Zeroizing<[u8; KEY_LENGTH]>, purpose: &[u8]) -> Result<Option<DataKey>, StoreError> {
    let nonce = bytes::<NONCE_LENGTH>(&wrapped.nonce)?;
    let sealed = bytes::<{ KEY_LENGTH + 16 }>(&wrapped.key)?;
    let payload = Payload {
        msg: &sealed,
        aad: purpose,
    };
    let Ok(opened) = XChaCha20Poly1305::new(&Key::from(**key)).decrypt(&XNonce::from(nonce), payload) else {
        return Ok(None);
    };
    let opened = Zeroizing::new(opened);
    let data = opened.first_chunk::<KEY_LENGTH>().ok_or(StoreError::DamagedKeys)?;
    Ok(Some(DataKey(Zeroizing::new(*data))))
}

fn bytes<const N: usize>(hex: &str) -> Result<[u8; N], StoreError> {
    let bytes = HEXLOWER.decode(hex.as_bytes()).map_err(|_| StoreError::DamagedKeys)?;
    bytes.try_into().map_err(|_| StoreError::DamagedKeys)
}

/// Returns bytes from the system's own source, never from a generator that a seed could repeat.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    SysRng
        .try_fill_bytes(&mut bytes)
        .map_err(|_| StoreError::NoRandomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
