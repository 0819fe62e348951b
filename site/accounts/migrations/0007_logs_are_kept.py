"""The logs of roles and of erasures only grow: the database itself sees to it.

One change of a line is let through: a person named in it is erased, the rest stays.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION accounts_keep_role_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND (NEW.user_id IS NULL OR NEW.user_id = OLD.user_id)
       AND (NEW.by_id IS NULL OR NEW.by_id = OLD.by_id)
       AND (NEW.id, NEW.person_mark, NEW.role, NEW.action, NEW.recorded_at)
         = (OLD.id, OLD.person_mark, OLD.role, OLD.action, OLD.recorded_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the log of roles is only added to' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER accounts_keep_role_change BEFORE UPDATE OR DELETE ON accounts_rolechange
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_role_change();

CREATE FUNCTION accounts_keep_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of erasures is only added to' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER accounts_keep_erasure BEFORE UPDATE OR DELETE ON accounts_erasure
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_erasure();
"""

DROP = """
DROP TRIGGER accounts_keep_role_change ON accounts_rolechange;
DROP FUNCTION accounts_keep_role_change();
DROP TRIGGER accounts_keep_erasure ON accounts_erasure;
DROP FUNCTION accounts_keep_erasure();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_name_withdrawn_and_logs")]
    operations = [migrations.RunSQL(CREATE, DROP)]
