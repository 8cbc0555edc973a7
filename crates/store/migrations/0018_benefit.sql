-- Whether the rules ask if a benefit is received. Of the others nobody is recorded as receiving them, which says nothing.
ALTER TABLE standing ADD COLUMN is_asked INTEGER NOT NULL DEFAULT 0 CHECK (is_asked IN (0, 1));
-- Every household is screened once more.
UPDATE screening SET household_at = '';

CREATE INDEX dossier_by_benefit ON dossier (household_id, programme, person_id);

-- Where each benefit stands, with what became of an application for it: where nobody is asked whether it is received, one that
-- was granted says so.
CREATE VIEW benefit AS
SELECT
    s.household_id, s.person_id, s.programme, s.low, s.high, s.every, s.is_cash, s.is_asked, s.found_on,
    s.hamlet, s.sex, s.age_band, s.ethnic_group,
    CASE
        WHEN s.standing = 'can_apply' AND s.is_asked = 0 AND EXISTS (
            SELECT 1 FROM dossier AS d
            WHERE d.household_id = s.household_id AND d.programme = s.programme AND d.person_id IS s.person_id
            AND d.state IN ('granted', 'paid')
        ) THEN 'receiving'
        ELSE s.standing
    END AS standing,
    EXISTS (
        SELECT 1 FROM dossier AS d
        WHERE d.household_id = s.household_id AND d.programme = s.programme AND d.person_id IS s.person_id
        AND d.state IN ('preparing', 'handed_in', 'returned')
    ) AS is_applied_for
FROM standing AS s;
