//! Tables `commune` and `hamlet`: the place this database belongs to, written once at set-up.

use crate::{Store, StoreError};
use sqlx::sqlite::SqliteConnection;

/// The commune and its hamlets, in the order they are offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commune {
    /// The province or city.
    pub province: String,
    /// Its code in the official list of administrative units; empty where it is in none.
    pub province_code: String,
    /// The commune or ward.
    pub commune: String,
    /// Its hamlets, villages or residential groups.
    pub hamlets: Vec<String>,
}

impl Store {
    /// Returns the commune of this database.
    pub async fn commune(&self) -> Result<Commune, StoreError> {
        let row = sqlx::query_as("SELECT province, province_code, name FROM commune");
        let (province, province_code, commune): (String, String, String) = row.fetch_one(&self.pool).await?;
        let hamlets = sqlx::query_scalar("SELECT name FROM hamlet ORDER BY position")
            .fetch_all(&self.pool)
            .await?;
        Ok(Commune {
            province,
            province_code,
            commune,
            hamlets,
        })
    }
}

pub(crate) async fn insert(connection: &mut SqliteConnection, commune: &Commune) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO commune (id, province, province_code, name) VALUES (1, ?, ?, ?)")
        .bind(&commune.province)
        .bind(&commune.province_code)
        .bind(&commune.commune)
        .execute(&mut *connection)
        .await?;
    for hamlet in &commune.hamlets {
        // A hamlet named twice is offered once.
        sqlx::query("INSERT OR IGNORE INTO hamlet (name) VALUES (?)")
            .bind(hamlet)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
