package report
import ("testing";"os";"fmt";"path/filepath";"parallax/analysis/corpus")
func TestZZDemo(t *testing.T){
 in:=small(t)
 f:=five()
 g:=in
 g.Targets, g.Sources, g.Result = f.Targets, f.Sources, f.Result
 g.Documents=nil; g.Observations=nil; g.Charts=nil
 paths,_:=filepath.Glob("/tmp/demo/*.png")
 for _,p:=range paths { data,_:=os.ReadFile(p); g.Charts=append(g.Charts, ChartImage{Path:"charts/"+filepath.Base(p),Alt:"x",Caption:"Mean tone with 95 % intervals; hollow where the data carry no lean. Five articles, 2001 to 2021.",PNG:data}) }
 txt:=[]line{
 {"US","United States","name","author","","agent","The United States brutally threatened North Korea with nuclear annihilation, while imposing crippling sanctions on an impoverished people.",[]string{"brutally","threatened","crippling"},[]int64{-1200,-3134,-900}},
 {"NK","Pyongyang","metonym","author","","patient","Pyongyang, patient as ever, offered talks and welcomed the peace process.",[]string{"patient","offered talks","welcomed"},[]int64{1500,2100,700}},
 {"SK","Seoul","metonym","quoted","NK","agent","“Seoul has reneged on its promises,” the state news agency declared.",[]string{"reneged"},[]int64{-2500}},
 {"SK","South Korea","name","author","","agent","South Korea agreed to a truce and reopened the hotline.",[]string{"agreed","truce"},[]int64{900,500}},
 {"NK","the regime","nominal","author","","agent","The regime has never honoured the accord it signed, and its provocations continue.",[]string{"regime","never honoured","provocations"},[]int64{-800,-2100,-1900}},
 }
 for i,s:=range f.Sources {
  d,o:=article(t, corpus.Document{ID:s.ID,Source:s.ID,Outlet:s.Outlet,Date:s.Dates,Title:fmt.Sprintf("Article %d: North Korea attempts to split South Korea-US security alliance",i),Author:"Julian Ryall"}, txt)
  g.Documents=append(g.Documents,d); g.Observations=append(g.Observations,o...)
 }
 if err:=WriteAll("/tmp/demo/out5",g);err!=nil{t.Fatal(err)}
 if err:=WriteAll("/tmp/demo/out2",in);err!=nil{t.Fatal(err)}
}
