package dev.qanat.e2e;

import java.util.List;

/** What the benchmarks run, and how fast it has to be. */
final class BenchmarkTasks {
  /**
   * A script to be run by ours and by the machine's bash.
   *
   * @param limit the most that ours may take, in times of the machine's
   * @param files what it works on, by the names {@link BenchmarkData} knows
   */
  record Task(String id, double limit, String script, String... files) {}

  /**
   * A script that is given its size as {@code $1}: once small, once ten times as large.
   *
   * @param small the smaller size
   */
  record Growth(String id, int small, String script) {
    /** The most the times may differ by, unless the machine's bash grows more. */
    static final double LIMIT = 12;

    int large() {
      return small * 10;
    }

    String sized(int size) {
      return "set -- " + size + "\n" + script;
    }
  }

  private BenchmarkTasks() {}

  private static final double SHELL = 1.5;
  private static final double FORKS = 0.5; // where bash forks and we need not
  private static final double TOOLS = 2;

  /** The language itself, and what scripts do with it all day. */
  static final List<Task> SHELL_TASKS =
      List.of(
          new Task(
              "loop10k",
              SHELL,
              "i=0; s=0; while [ $i -lt 10000 ]; do s=$((s + i*2)); i=$((i+1)); done; echo $s"),
          new Task(
              "forfunc10k",
              SHELL,
              "f() { local x=$1; r=$((x % 7)); }; t=0;"
                  + " for ((i=0;i<10000;i++)); do f $i; t=$((t+r)); done; echo $t"),
          new Task(
              "strings5k",
              SHELL,
              "a=(); for i in {1..5000}; do s=\"item-$i.txt\"; b=${s%.txt}; a+=(\"${b#item-}\");"
                  + " done; echo ${#a[@]} ${a[4999]}"),
          new Task(
              "subst1k",
              0.1,
              "n=0; for i in {1..1000}; do x=$(echo $i); n=$((n+x)); done; echo $n"),
          new Task(
              "read_lines_100k",
              SHELL,
              "n=0; while read -r line; do ((n+=${#line})); done < lines.txt; echo $n",
              "lines.txt"),
          new Task(
              "read_fields_20k",
              SHELL,
              "n=0; while IFS=' ' read -r a b rest; do ((n+=${#b})); done < <(head -n 20000"
                  + " lines.txt); echo $n",
              "lines.txt"),
          new Task(
              "read_array_20k",
              SHELL,
              "n=0; while read -ra f; do ((n+=${#f[@]})); done < <(head -n 20000 lines.txt);"
                  + " echo $n",
              "lines.txt"),
          new Task(
              "mapfile_100k",
              SHELL,
              "mapfile -t a < lines.txt; echo ${#a[@]} \"${a[99999]}\"",
              "lines.txt"),
          new Task(
              "printf_v_20k",
              SHELL,
              "for ((i=0;i<20000;i++)); do printf -v s '%05d-%s' $i abc; done; echo $s"),
          new Task(
              "case_20k",
              SHELL,
              "n=0; for ((i=0;i<20000;i++)); do case file$i.txt in *.md) ((n+=2));; file*7.txt)"
                  + " ((n++));; [a-e]*|x?y) n=0;; esac; done; echo $n"),
          new Task(
              "regex_match_10k",
              SHELL,
              "n=0; for ((i=0;i<10000;i++)); do [[ \"key$i=value$i\" =~ ^([a-z]+)([0-9]+)=(.*)$ ]]"
                  + " && ((n+=${#BASH_REMATCH[2]})); done; echo $n"),
          new Task(
              "conditions_20k",
              SHELL,
              "n=0; for ((i=0;i<20000;i++)); do if [[ $i == *7 && -n $i || $i -eq 5 ]]; then"
                  + " n=$((n+1)); fi; done; echo $n"),
          new Task(
              "replace_all_60k",
              SHELL,
              "printf -v s '%06000d' 0; s=${s//0/abc }; t=${s//b/xyz}; u=${t// /}; echo ${#u}"),
          new Task(
              "case_fold_20k",
              SHELL,
              "for ((i=0;i<20000;i++)); do s=Name$i; t=${s^^}${s,,}; done; echo $t"),
          new Task(
              "array_walk_100k",
              SHELL,
              "a=({1..100000}); n=0; for x in \"${a[@]}\"; do ((n+=x)); done;"
                  + " for i in \"${!a[@]}\"; do ((n-=a[i])); done; echo $n ${#a[*]}"),
          new Task(
              "assoc_count_20k",
              SHELL,
              "declare -A m; for ((i=0;i<20000;i++)); do k=k$((i%977)); m[$k]=$((${m[$k]:-0}+1));"
                  + " done; echo ${#m[@]} ${m[k5]}"),
          new Task(
              "subst_function_1k",
              FORKS,
              "f() { echo \"<$1>\"; }; for ((i=0;i<1000;i++)); do x=$(f $i); done; echo $x"),
          new Task(
              "subst_file_1k",
              SHELL,
              "echo 12345 > small; for ((i=0;i<1000;i++)); do x=$(<small); done; echo $x"),
          new Task(
              "nested_functions",
              SHELL,
              "f() { local a=$1 b=2; g $a $b; }; g() { local c=$1; h $((c+$2)); }; h() { local -i"
                  + " d=$1; r+=$d; r=$((r%1000)); }; r=0; for ((i=0;i<5000;i++)); do f $i; done;"
                  + " echo $r"),
          new Task(
              "append_file_10k",
              SHELL,
              "rm -f f; for ((i=0;i<10000;i++)); do echo line $i >> f; done; wc -l < f"),
          new Task(
              "write_10k", SHELL, "for ((i=0;i<10000;i++)); do echo line $i; done | tail -n 1"),
          new Task(
              "pipeline_loop_1k",
              FORKS,
              "n=0; for ((i=0;i<1000;i++)); do echo $i | grep -q 7 && ((n++)); done; echo $n"),
          new Task(
              "here_strings_2k",
              SHELL,
              "n=0; for ((i=0;i<2000;i++)); do read -r a b <<< \"$i x\"; ((n+=a)); done; echo $n"),
          new Task(
              "subshells_1k", FORKS, "for ((i=0;i<1000;i++)); do ( x=$i; : $x ); done; echo done"),
          new Task(
              "bubble_sort",
              SHELL,
              "a=(); for ((i=0;i<150;i++)); do a+=($(( (i*7919) % 1009 ))); done; n=${#a[@]};"
                  + " for ((i=0;i<n;i++)); do for ((j=0;j<n-i-1;j++)); do if (( a[j] > a[j+1] ));"
                  + " then t=${a[j]}; a[j]=${a[j+1]}; a[j+1]=$t; fi; done; done; echo ${a[*]}"),
          new Task(
              "quick_sort",
              SHELL,
              "qs() { (( $# < 2 )) && { out+=(\"$@\"); return; }; local p=$1 x; shift; local -a"
                  + " lo=() hi=(); for x; do if (( x < p )); then lo+=($x); else hi+=($x); fi;"
                  + " done; qs \"${lo[@]}\"; out+=($p); qs \"${hi[@]}\"; }; out=();"
                  + " for ((i=0;i<1000;i++)); do a+=($(( (i*7919) % 10007 ))); done;"
                  + " qs \"${a[@]}\"; echo ${out[*]}"),
          new Task(
              "sieve",
              SHELL,
              "n=20000; for ((i=2;i*i<=n;i++)); do if [ -z \"${c[i]}\" ]; then"
                  + " for ((j=i*i;j<=n;j+=i)); do c[j]=1; done; fi; done; k=0;"
                  + " for ((i=2;i<=n;i++)); do [ -z \"${c[i]}\" ] && ((k++)); done; echo $k"),
          new Task(
              "fibonacci",
              SHELL,
              "fib() { if (( $1 < 2 )); then r=$1; else fib $(($1-1)); local a=$r; fib $(($1-2));"
                  + " ((r+=a)); fi; }; fib 16; echo $r"),
          new Task(
              "reverse_string",
              SHELL,
              "s=; for ((i=0;i<2000;i++)); do s+=$((i%10)); done; r=;"
                  + " for ((i=${#s}-1;i>=0;i--)); do r+=${s:i:1}; done; echo $r"),
          new Task(
              "matrix_product",
              SHELL,
              "n=18; declare -A a b c; for ((i=0;i<n;i++)); do for ((j=0;j<n;j++)); do"
                  + " a[$i,$j]=$((i+j)); b[$i,$j]=$((i-j)); done; done; for ((i=0;i<n;i++)); do"
                  + " for ((j=0;j<n;j++)); do s=0; for ((k=0;k<n;k++)); do"
                  + " ((s+=a[$i,$k]*b[$k,$j])); done; c[$i,$j]=$s; done; done; echo"
                  + " ${c[3,4]} ${c[17,17]}"),
          new Task(
              "arith_100k",
              SHELL,
              "for ((i=0,s=1;i<100000;i++)); do ((s = (s*31 + i) & 0xffff)); done; echo $s"),
          new Task(
              "getopts_2k",
              SHELL,
              "n=0; for ((i=0;i<2000;i++)); do OPTIND=1; set -- -a -b x file; while getopts ab: o;"
                  + " do ((n++)); done; shift $((OPTIND-1)); done; echo $n $1"),
          new Task(
              "eval_5k",
              SHELL,
              "for ((i=0;i<5000;i++)); do eval \"v$((i%10))=\\$i\"; done; echo $v9"),
          new Task("syntax_10k_lines", 50, "bash -n script.sh", "script.sh"));

  /** Commands on data. */
  static final List<Task> TOOL_TASKS =
      List.of(
          new Task("seq_sort_uniq", TOOLS, "seq 1 100000 | sort -n | uniq | wc -l"),
          new Task("grep_c_20m", TOOLS, "grep -c foo text20.txt", "text20.txt"),
          new Task(
              "grep_re_20m", TOOLS, "grep -cE '(foo|zulu) [a-m]+ [n-z]+' text20.txt", "text20.txt"),
          new Task("awk_sum_200k", TOOLS, "awk '{s+=$1} END{print s}' nums.txt", "nums.txt"),
          new Task(
              "sed_20m", TOOLS, "sed s/a/b/g text20.txt > out.txt; wc -c < out.txt", "text20.txt"),
          new Task(
              "jq_10m", TOOLS, "jq '[.[] | select(.n > 500) | .n] | add' big.json", "big.json"),
          new Task("wc_l_50m", TOOLS, "wc -l < text50.txt", "text50.txt"),
          new Task("cat_wc_50m", TOOLS, "cat text50.txt | wc -l", "text50.txt"),
          new Task("sha256_20m", TOOLS, "sha256sum < text20.txt | cut -c1-64", "text20.txt"),
          new Task(
              "pipe4_20m",
              TOOLS,
              "cat text20.txt | tr a-z A-Z | cut -c1-12 | sort | uniq -c | sort -rn | wc -l",
              "text20.txt"),
          new Task("head_early_20m", TOOLS, "cat text20.txt | head -n 1 | wc -l", "text20.txt"),
          new Task("find_10k", TOOLS, "find tree -name '*.txt' | wc -l", "tree"),
          new Task("grep_r_10k", TOOLS, "grep -rl needle tree | wc -l", "tree"));

  /**
   * What must not be quadratic. The sizes are such that what is quadratic in bash itself ends in
   * time.
   */
  static final List<Growth> GROWTHS =
      List.of(
          new Growth(
              "append_array", 5000, "a=(); for ((i=0;i<$1;i++)); do a+=(x$i); done; echo ${#a[@]}"),
          new Growth(
              "append_strings", 5000, "s=; for ((i=0;i<$1;i++)); do s+=abc; done; echo ${#s}"),
          new Growth(
              "append_and_read",
              1000,
              "s=; n=0; for ((i=0;i<$1;i++)); do s+=x; ((n+=${#s})); [[ $s == y* ]]; done; echo"
                  + " $n"),
          new Growth(
              "append_assoc",
              5000,
              "declare -A m; for ((i=0;i<$1;i++)); do m[k$i]=$i; done; echo ${#m[@]}"),
          new Growth(
              "prepend_array_index",
              5000,
              "a=(); for ((i=$1;i>0;i--)); do a[i]=$i; done; echo ${#a[@]}"),
          new Growth(
              "set_args",
              300,
              "n=$1; set --; for ((i=0;i<n;i++)); do set -- \"$@\" x; done; echo $#"),
          new Growth(
              "shift_args",
              2000,
              "set -- $(seq $1); n=0; while (($#)); do ((n+=$1)); shift; done; echo $n"),
          new Growth(
              "printf_v_append",
              5000,
              "s=; for ((i=0;i<$1;i++)); do printf -v a[i] '%s,' $i; done; echo ${#a[@]}"),
          new Growth(
              "read_lines",
              5000,
              "seq $1 > f; n=0; while read -r l; do ((n+=l)); done < f; echo $n"),
          new Growth(
              "read_pipe", 5000, "n=0; while read -r l; do ((n+=l)); done < <(seq $1); echo $n"),
          new Growth(
              "walk_ascii",
              1000,
              "printf -v s '%0*d' $1 0; for ((i=0;i<$1;i++)); do c=${s:i:1}; done; echo $c$i"),
          new Growth(
              "walk_letters",
              500,
              "printf -v s '%*s' $1; s=${s// /é}; for ((i=0;i<$1;i++)); do c=${s:i:1}; done; echo"
                  + " $c$i"),
          new Growth(
              "walk_emoji",
              500,
              "printf -v s '%*s' $1; s=${s// /😀}; for ((i=0;i<$1;i++)); do c=${s:i:1}; done; echo"
                  + " $c$i"),
          new Growth(
              "strip_front",
              1000,
              "printf -v s '%0*d' $1 0; n=0; while [[ -n $s ]]; do s=${s#?}; ((n++)); done; echo"
                  + " $n"),
          new Growth(
              "strip_suffix_words",
              500,
              "s=$(seq -s' ' $1); n=0; while [[ $s == *' '* ]]; do s=${s%' '*}; ((n++)); done; echo"
                  + " $n"),
          new Growth(
              "here_string",
              100_000,
              "printf -v s '%0*d' $1 0; wc -c <<< \"$s\"; read -r t <<< \"$s\"; echo ${#t}"),
          new Growth("capture", 100_000, "s=$(head -c $1 /dev/zero | tr '\\0' 'a\\n'); echo ${#s}"),
          new Growth("replace_all", 2000, "printf -v s '%0*d' $1 0; s=${s//0/ab}; echo ${#s}"),
          new Growth("split_words", 5000, "s=$(seq $1); set -- $s; echo $#"),
          new Growth("brace_range", 5000, "eval 'for i in {1..'$1'}; do :; done'; echo $i"),
          new Growth(
              "many_functions",
              500,
              "for ((i=0;i<$1;i++)); do eval \"f$i() { :; }\"; f$i; done; echo $i"),
          new Growth(
              "many_variables", 5000, "for ((i=0;i<$1;i++)); do declare v$i=$i; done; echo $v77"),
          new Growth(
              "many_files",
              200,
              "mkdir d; for ((i=0;i<$1;i++)); do : > d/f$i; done; set -- d/*; echo $#; rm -r d"));
}
