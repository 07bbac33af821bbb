# Reference values for shared/domain/agreement: scipy for the assignment, intervals and the hypergeometric law; alpha by its definition
# (coincidence matrix, Krippendorff 2011) in numpy, because no package of it was at hand; the published example is checked against print.
import json, itertools, collections, sys
import numpy as np, scipy
from scipy.optimize import linear_sum_assignment
from scipy import stats
rng = np.random.default_rng(6)
out = {"made": f"numpy {np.__version__}, scipy {scipy.__version__}; see make-vectors.py beside this file"}
def match(a, b, w, h, r):
    dg = np.hypot(w, h)
    A = np.array(a).reshape(-1,2)*[w/dg, h/dg]; B = np.array(b).reshape(-1,2)*[w/dg, h/dg]
    d = np.hypot(A[:,None,0]-B[None,:,0], A[:,None,1]-B[None,:,1]) if len(A) and len(B) else np.zeros((len(A),len(B)))
    cost = np.where(d <= r, d, 1e6)
    i, j = linear_sum_assignment(cost)
    keep = cost[i,j] < 1e6
    return int(keep.sum()), float(d[i,j][keep].sum())
cases = []
for (n, m, w, h, r) in [(0,3,640,480,5),(3,0,640,480,5),(1,1,640,480,5),(5,5,800,600,5),(12,9,4000,3000,5),(30,30,1000,1000,8),(40,25,300,900,12),(80,80,640,480,3),(60,60,500,500,20),(7,30,1920,1080,15)]:
    a = np.round(rng.uniform(0,100,(n,2)),3)
    b = np.round(rng.uniform(0,100,(m,2)),3)
    k = min(n,m)//2
    b[:k] = np.clip(np.round(a[:k] + rng.normal(0, 2, (k,2)),3),0,100)
    mt, tot = match(a,b,w,h,r)
    cases.append(dict(a=a.tolist(), b=b.tolist(), widthPx=w, heightPx=h, radiusPct=r, matched=mt, totalPct=tot))
out["matching"] = cases
def alpha(units, level):
    units = [u for u in units if len(u) > 1]
    vals = sorted({v for u in units for v in u}); ix = {v:i for i,v in enumerate(vals)}; V = len(vals)
    o = np.zeros((V,V))
    for u in units:
        for x, y in itertools.permutations(range(len(u)),2):
            o[ix[u[x]], ix[u[y]]] += 1/(len(u)-1)
    nc = o.sum(0); n = nc.sum()
    def d2(c,k):
        if level == 'nominal': return float(c!=k)
        if level == 'interval': return (vals[c]-vals[k])**2
        lo, hi = min(c,k), max(c,k)
        return (nc[lo:hi+1].sum() - (nc[c]+nc[k])/2)**2
    D = np.array([[d2(c,k) for k in range(V)] for c in range(V)])
    De = (np.outer(nc,nc)*D).sum()/(n-1)
    return 1-(o*D).sum()/De
A="1 2 3 3 2 1 4 1 2 * * *".split(); B="1 2 3 3 2 2 4 1 2 5 * 3".split(); C="* 3 3 3 2 3 4 2 2 5 1 *".split(); Dd="1 2 3 3 2 4 4 1 2 5 1 *".split()
pub = [[int(x) for x in col if x!='*'] for col in zip(A,B,C,Dd)]
out["alphaPublished"] = dict(source="Krippendorff (2011), example with four observers, twelve units and missing data", units=pub, nominal=0.743, ordinal=0.815, interval=0.849)
for l,e in [("nominal",.743),("ordinal",.815),("interval",.849)]: assert abs(alpha(pub,l)-e)<6e-4,(l,alpha(pub,l))
al = []
for k in range(6):
    units = []
    for _ in range(int(rng.integers(4,25))):
        base = int(rng.integers(0,12)); m = int(rng.integers(1,5))
        units.append([int(max(0, base+rng.integers(-2,3))) for _ in range(m)])
    al.append(dict(units=units, **{l: float(alpha(units,l)) for l in ("nominal","ordinal","interval")}))
out["alpha"] = al
kp = []
def kappa(p):
    cats = sorted({x for q in p for x in q}); ix={c:i for i,c in enumerate(cats)}
    M = np.zeros((len(cats),)*2)
    for x,y in p: M[ix[x],ix[y]]+=1
    n=M.sum(); po=np.trace(M)/n; pe=(M.sum(0)*M.sum(1)).sum()/n**2
    return float((po-pe)/(1-pe))
# the well-known two-by-two example: 20 both yes, 5 yes/no, 10 no/yes, 15 both no -> 0.4
ex=[("yes","yes")]*20+[("yes","no")]*5+[("no","yes")]*10+[("no","no")]*15
assert abs(kappa(ex)-.4)<1e-12
kp.append(dict(pairs=[list(x) for x in ex], kappa=0.4))
for _ in range(3):
    p=[[str(rng.integers(0,4)),str(rng.integers(0,4))] for _ in range(30)]
    p=[[x,(x if rng.random()<.6 else y)] for x,y in p]
    kp.append(dict(pairs=p,kappa=kappa(p)))
out["kappa"]=kp
out["normal"]=[dict(z=z,p=float(stats.norm.cdf(z))) for z in (-6.5,-4,-1.959963984540054,-0.3,0,1,2.5,5.9,7)]
out["wilson"]=[dict(hits=k,n=n,low=float(stats.binomtest(k,n).proportion_ci(method='wilson').low),high=float(stats.binomtest(k,n).proportion_ci(method='wilson').high)) for k,n in ((0,5),(5,5),(3,10),(47,50),(400,1000))]
out["oc"]=[dict(lotSize=N,sampleSize=n,acceptNumber=c,wrong=D,chance=float(stats.hypergeom.cdf(c,N,D,n))) for N,n,c,D in ((1000,80,2,10),(1000,80,2,65),(500,50,1,5),(10000,200,5,100),(10000,200,5,460),(20,5,0,1),(8,8,1,2),(150000,500,10,1500))]
bc=[]
def f1(x): s=x.sum(0); return 2*s[0]/(2*s[0]+s[1]+s[2])
for n in (8,40,200):
    x=np.stack([rng.poisson(6,n),rng.poisson(1,n),rng.poisson(1.5,n)],1).astype(float)
    def st(idx): return np.array([f1(x[i]) for i in idx.astype(int)]) if idx.ndim>1 else f1(x[idx.astype(int)])
    r=stats.bootstrap((np.arange(n),),lambda i: f1(x[i.astype(int)]),vectorized=False,n_resamples=20000,method='BCa',random_state=np.random.default_rng(1))
    bc.append(dict(images=x.astype(int).tolist(),value=float(f1(x)),low=float(r.confidence_interval.low),high=float(r.confidence_interval.high),standardError=float(r.standard_error)))
out["bca"]=bc
json.dump(out,open(sys.argv[1],"w"))
