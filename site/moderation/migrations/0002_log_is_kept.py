"""The log of moderation only grows: the database itself sees to it. Only an erased moderator goes from a line."""

from django.db import migrations

CREATE = """
CREATE FUNCTION moderation_keep_action() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.by_id IS NULL
       AND (NEW.id, NEW.content_type_id, NEW.object_id, NEW.object_title, NEW.action, NEW.reason, NEW.at)
         = (OLD.id, OLD.content_type_id, OLD.object_id, OLD.object_title, OLD.action, OLD.reason, OLD.at)
       AND NEW.complaint_id IS NOT DISTINCT FROM OLD.complaint_id THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the log of moderation is only added to' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER moderation_keep_action BEFORE UPDATE OR DELETE ON moderation_moderationaction
    FOR EACH ROW EXECUTE FUNCTION moderation_keep_action();
"""

DROP = """
DROP TRIGGER moderation_keep_action ON moderation_moderationaction;
DROP FUNCTION moderation_keep_action();
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
