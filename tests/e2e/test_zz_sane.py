"""Do axe, budgets and complaints bite?"""
import pytest
from tests.e2e.test_axe import sins
from tests.e2e.test_network import traffic
pytestmark=[pytest.mark.django_db]
def test_bites(house):
    p=house.visitor(); p.goto("/about/")
    p.evaluate("""() => { const d=document.createElement('div'); d.innerHTML='<p class=bad>Бледно</p><img src="/static/img/favicon.svg">'; document.querySelector('main .wrap').append(d); const s=new CSSStyleSheet(); s.replaceSync('.bad{color:#ccc}'); document.adoptedStyleSheets=[s]; }""")
    print("SINS", sins(p))
    for path in ("/","/bank/","/bank/?q=читательская","/about/","/accounts/login/"):
        print("TRAFFIC", path, traffic(house,path), traffic(house,path,width=360))
    p.evaluate("() => { const i=document.createElement('img'); i.src='https://evil.example/x.png'; i.alt=''; document.body.append(i); const s=document.createElement('script'); s.textContent='1'; document.body.append(s); }")
    p.wait_for_timeout(700)
    print("COMPLAINTS", house.complaints); house.complaints.clear()
