"""What a paper attests never changes, and its log only grows: the database itself sees to it.

Let through: a paper is revoked or restored, and a person is erased. Then the name may go from the paper with them.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION certificates_keep_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND (NEW.id, NEW.code, NEW.kind, NEW.title, NEW.url, NEW.issued_on, NEW.content_type_id, NEW.object_id)
         = (OLD.id, OLD.code, OLD.kind, OLD.title, OLD.url, OLD.issued_on, OLD.content_type_id, OLD.object_id)
       AND (NEW.holder_id IS NULL OR NEW.holder_id IS NOT DISTINCT FROM OLD.holder_id)
       AND ((NEW.holder_name, NEW.position, NEW.school) = (OLD.holder_name, OLD.position, OLD.school)
            OR (NEW.holder_id IS NULL AND (NEW.holder_name, NEW.position, NEW.school) = ('', '', ''))) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a certificate is never rewritten' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER certificates_keep_paper BEFORE UPDATE OR DELETE ON certificates_certificate
    FOR EACH ROW EXECUTE FUNCTION certificates_keep_paper();

CREATE FUNCTION certificates_keep_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.by_id IS NULL
       AND (NEW.id, NEW.certificate_id, NEW.action, NEW.reason, NEW.at)
         = (OLD.id, OLD.certificate_id, OLD.action, OLD.reason, OLD.at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the log of certificates is only added to' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER certificates_keep_change BEFORE UPDATE OR DELETE ON certificates_certificatechange
    FOR EACH ROW EXECUTE FUNCTION certificates_keep_change();
"""

DROP = """
DROP TRIGGER certificates_keep_paper ON certificates_certificate;
DROP FUNCTION certificates_keep_paper();
DROP TRIGGER certificates_keep_change ON certificates_certificatechange;
DROP FUNCTION certificates_keep_change();
"""


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
