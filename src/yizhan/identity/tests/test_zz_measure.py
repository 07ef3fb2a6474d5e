"""Ad hoc measurements, not part of the product."""
import time, statistics
import pytest, psycopg
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from yizhan.identity import accounts, rights, scope, sessions, directory
from yizhan.identity.actor import HOUSE
from yizhan.identity.models import *
from yizhan import clock
TODAY=clock.today()

def q(s,*v):
    with connection.cursor() as c:
        c.execute(s,v); return c.fetchall()
def timed(f,n=200):
    ts=[]; c0=time.process_time()
    for _ in range(n):
        a=time.perf_counter(); f(); ts.append((time.perf_counter()-a)*1000)
    ts.sort(); return f"min {ts[0]:.3f} median {statistics.median(ts):.3f} ms; python cpu {(time.process_time()-c0)/n*1000:.3f} ms"

def test_all(committed, capsys):
    out=[]
    with transaction.atomic():
        from yizhan.identity import roles; roles.publish_platform()
        root=Unit(code="440199",name="区",kind="government",division="440199000000").found(by=HOUSE)
        units=[root]
        rows=[]
        for d in range(57): rows.append(Unit(code=f"440199-d{d}",name=f"部门{d}",kind="department",parent=root,path=f"440199/440199-d{d}/",division="440199000000"))
        Unit.objects.bulk_create(rows)
        sub=[]
        for u in rows:
            for s in range(10): sub.append(Unit(code=f"{u.code}-s{s}",name="科",kind="section",parent=u,path=f"{u.path}{u.code}-s{s}/",division="440199000000"))
        Unit.objects.bulk_create(sub)
        Role.objects.bulk_create([Role(code=f"p{n}.r",pack=f"p{n}",title_zh="角色",title_en="Role") for n in range(580)])
        def mk(name,unit,reach,n):
            a=accounts.create_staff(name,"某人",by=HOUSE); p=Post(unit=unit,code=name,title="岗").found(by=HOUSE)
            RoleGrant.objects.bulk_create([RoleGrant(role_id=f"p{i}.r",post=p,reach=reach,given_by="house",reason="x") for i in range(n)])
            p.appoint(a,by=HOUSE); return a
        one=mk("one",rows[0],"unit_subtree",1); many=mk("many",rows[1],"unit_subtree",580); boss=mk("boss",root,"all",1)
        for a,k in ((one,"1"),(many,"580"),(boss,"all")): sessions.begin(k*8,a,excused=True)
        cit=Account.objects.create(kind="citizen",phone="13900000001",name="x"); sessions.begin("cit",cit)
    with psycopg.connect(settings.DATABASE_OWNER_URL, dbname=settings.DATABASES["default"]["NAME"]) as o:
        o.execute("create table probe_big(id bigint primary key, unit text, body text)")
        o.execute("insert into probe_big select g, '440199-d'||(g%57)||'-s'||(g%10), repeat('x',80) from generate_series(1,100000) g")
        o.execute("create index on probe_big(unit)"); 
        o.execute("create table probe_open as select * from probe_big"); o.execute("create index on probe_open(unit)"); o.execute("alter table probe_open add primary key(id)")
        o.execute("""alter table probe_big enable row level security; alter table probe_big force row level security;
          create policy s on probe_big using ((select scope_all()) or unit = any((select scope_units())::text[]));""")
        o.commit(); o.autocommit=True; o.execute("analyze probe_big, probe_open"); o.execute("vacuum analyze")
    out.append(f"key read: {timed(lambda: q('select 1 from probe_open where id=7'))}")
    for k in ("1","580","all"):
        def open_():
            with transaction.atomic(): q("select scope_open_session(%s, %s)",k*8,TODAY)
        out.append(f"open scope {k}: {timed(open_)}")
    def oc():
        with transaction.atomic(): q("select scope_open_session('cit', current_date)")
    out.append(f"open scope citizen: {timed(oc)}")
    def empty():
        with transaction.atomic(): q("select 1")
    out.append(f"transaction with select 1: {timed(empty)}")
    def xid():
        with transaction.atomic(): q("select pg_current_xact_id()")
    out.append(f"transaction that takes an xid: {timed(xid)}")
    def sv():
        with scope.service(): pass
    out.append(f"scope.service(): {timed(sv)}")
    for k in ("1","all"):
        with transaction.atomic():
            q("select scope_open_session(%s, %s)",k*8,TODAY)
            n=len(q("select scope_units()")[0][0])
            out.append(f"[{k}] scope_units() ({n} units): {timed(lambda: q('select scope_units()'))}")
            out.append(f"[{k}] count under policy: {timed(lambda: q('select count(*) from probe_big'),40)} rows {q('select count(*) from probe_big')[0][0]}")
            us=q("select scope_units()")[0][0]
            out.append(f"[{k}] count with explicit filter: {timed(lambda: q('select count(*) from probe_open where unit = any(%s)',us),40)}")
            out.append(f"[{k}] one row by key under policy: {timed(lambda: q('select * from probe_big where id=%s',1))}")
            out.append(f"[{k}] one row by key open: {timed(lambda: q('select * from probe_open where id=%s',1))}")
            out.append(f"[{k}] page of a unit under policy: {timed(lambda: q('select * from probe_big where unit=%s limit 50','440199-d0-s0'))}")
            out.append(f"[{k}] page of a unit open: {timed(lambda: q('select * from probe_open where unit=%s limit 50','440199-d0-s0'))}")
    # bare function in policy instead of (select ...)
    with psycopg.connect(settings.DATABASE_OWNER_URL, dbname=settings.DATABASES["default"]["NAME"]) as o:
        o.execute("drop policy s on probe_big; create policy s on probe_big using (unit = any((select scope_units())::text[]))"); o.commit()
    with transaction.atomic():
        q("select scope_open_session(%s, %s)","1"*8,TODAY)
        out.append(f"[1] count, policy without scope_all: {timed(lambda: q('select count(*) from probe_big'),40)}")
    with psycopg.connect(settings.DATABASE_OWNER_URL, dbname=settings.DATABASES["default"]["NAME"]) as o:
        o.execute("drop policy s on probe_big; create policy s on probe_big using (unit = any(scope_units()))"); o.commit()
    with transaction.atomic():
        q("select scope_open_session(%s, %s)","1"*8,TODAY)
        a=time.perf_counter(); q("select count(*) from probe_big"); out.append(f"[1] count, policy with a bare scope_units(): {(time.perf_counter()-a)*1000:.1f} ms")
    # actor
    for a in (one,many):
        rights._remembered.cache_clear()
        out.append(f"actor built, {a.username}: {timed(lambda: rights.actor_in(a))}")
        k={"one":"1","many":"580"}[a.username]*8
        def page():
            p=sessions.live(k); p.account=a
            rights.actor(a, rights.chosen(rights.choices(a.pk,mark=p.rights_mark),p))
        out.append(f"actor on a page, {a.username}: {timed(page)}")
    # log-in
    with transaction.atomic():
        PW="晨雾里的 白鹭 27"; people=[]
        for i in range(40):
            x=accounts.create_staff(f"u{i:03d}","某人",by=HOUSE); accounts.change_password(x,PW); people.append(x)
    c=Client(); c.get("/staff/login")
    a=time.process_time(); w=time.perf_counter()
    for i in range(40):
        r=Client().post("/staff/login",{"login":f"u{i:03d}","password":PW}); assert r.status_code==302, r.content[:2000]
    cpu=(time.process_time()-a)/40*1000; out.append(f"one log-in POST: cpu {cpu:.1f} ms, wall {(time.perf_counter()-w)/40*1000:.1f} ms → 6.1/s = {cpu*6.1/1000:.2f} core of Python (with argon2)")
    # directory
    lines=["username,name,unit,post,kind"]+[f"imp{i:04d},某某,440199-d{i%57},clerk{i},main" for i in range(1000)]
    posts=["unit,code,title"]+[f"440199-d{i%57},clerk{i},科员" for i in range(1000)]
    for kind,l in (("posts",posts),("staff",lines)):
        a=time.perf_counter(); c0=time.process_time()
        import cProfile,pstats
        pr=cProfile.Profile(); pr.enable() if kind=="staff" and False else None
        r=directory.load(kind,"\n".join(l).encode(),by=HOUSE); assert r.loaded, r.rejects[:3]; out.append(f"import 1000 {kind}: {time.perf_counter()-a:.1f} s cpu {time.process_time()-c0:.1f}")
        a=time.perf_counter(); directory.load(kind,"\n".join(l).encode(),by=HOUSE); out.append(f"  again: {time.perf_counter()-a:.1f} s")
    with psycopg.connect(settings.DATABASE_OWNER_URL, dbname=settings.DATABASES["default"]["NAME"]) as o: o.execute("drop table probe_big, probe_open"); o.commit()
    with capsys.disabled(): print("\n"+"\n".join(out))
test_all=pytest.mark.urls("yizhan.identity.tests.urls")(test_all)
