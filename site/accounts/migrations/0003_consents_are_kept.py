"""The log of consents only grows, and what people agreed to never changes: the database itself sees to it.

One change of a line is let through: the person is erased. Then the network address goes too, the rest stays.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION accounts_keep_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.user_id IS NOT NULL AND NEW.user_id IS NULL
       AND (NEW.id, NEW.person_mark, NEW.text_id, NEW.text_sha256, NEW.action, NEW.recorded_at)
         = (OLD.id, OLD.person_mark, OLD.text_id, OLD.text_sha256, OLD.action, OLD.recorded_at) THEN
        NEW.ip := NULL;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the log of consents is only added to' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER accounts_keep_consent BEFORE UPDATE OR DELETE ON accounts_consent
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_consent();

CREATE FUNCTION accounts_keep_consent_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at <= now() AND (TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD) THEN
        RAISE EXCEPTION 'a text of a consent in force is never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER accounts_keep_consent_text BEFORE UPDATE OR DELETE ON accounts_consenttext
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_consent_text();
"""

DROP = """
DROP TRIGGER accounts_keep_consent ON accounts_consent;
DROP FUNCTION accounts_keep_consent();
DROP TRIGGER accounts_keep_consent_text ON accounts_consenttext;
DROP FUNCTION accounts_keep_consent_text();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_cache")]
    operations = [migrations.RunSQL(CREATE, DROP)]
