package dev.qanat.command.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The names that {@code rg -t} knows for kinds of files, and the globs of each. */
final class FileTypes {
  private static final String TABLE =
      """
asciidoc: *.adoc, *.asc, *.asciidoc
asm: *.S, *.asm, *.s
awk: *.awk
bat: *.bat
bazel: *.bazel, *.bzl, BUILD, MODULE.bazel, WORKSPACE
c: *.[chH], *.[chH].in, *.cats
clojure: *.clj, *.cljc, *.cljs, *.cljx
cmake: *.cmake, CMakeLists.txt
config: *.cfg, *.conf, *.config, *.ini
cpp: *.[ChH], *.[ChH].in, *.[ch]pp, *.[ch]pp.in, *.[ch]xx, *.[ch]xx.in, *.cc, *.cc.in, *.hh
cpp: *.hh.in, *.inl
cs: *.cs
csharp: *.cs
css: *.css, *.scss
csv: *.csv
dart: *.dart
diff: *.diff, *.patch
docker: *Dockerfile*
elixir: *.eex, *.ex, *.exs, *.heex, *.leex, *.livemd
elm: *.elm
erlang: *.erl, *.hrl
fish: *.fish
fortran: *.F, *.F77, *.F90, *.F95, *.f, *.f77, *.f90, *.f95, *.pfo
go: *.go
gradle: *.gradle, *.gradle.kts, gradle-wrapper.*, gradle.properties, gradlew*
graphql: *.graphql, *.graphqls
groovy: *.gradle, *.groovy
h: *.h, *.hh, *.hpp
haskell: *.c2hs, *.cpphs, *.hs, *.hsc, *.lhs
hs: *.hs, *.lhs
html: *.ejs, *.htm, *.html
java: *.java, *.jsp, *.jspx, *.properties
jl: *.jl
js: *.cjs, *.js, *.jsx, *.mjs, *.vue
json: *.json, *.sarif, composer.lock
jsonl: *.jsonl
julia: *.jl
kotlin: *.kt, *.kts
less: *.less
license: *[.-]LICEN[CS]E*, COPYING, COPYING[.-]*, LICEN[CS]E, LICEN[CS]E[.-]*, NOTICE, UNLICEN[CS]E
lisp: *.el, *.jl, *.lisp, *.lsp, *.sc, *.scm
lock: *.lock, package-lock.json
log: *.log
lua: *.lua
make: *.mak, *.mk, Makefile.*, [Gg][Nn][Uu]makefile, [Mm]akefile
man: *.[0-9][cEFMmpSx], *.[0-9lnpx]
markdown: *.markdown, *.md, *.mdown, *.mdwn, *.mdx, *.mkd, *.mkdn
matlab: *.m
md: *.markdown, *.md, *.mdown, *.mdwn, *.mdx, *.mkd, *.mkdn
nix: *.nix
objc: *.h, *.m
ocaml: *.ml, *.mli, *.mll, *.mly
org: *.org, *.org_archive
pdf: *.pdf
perl: *.PL, *.perl, *.pl, *.plh, *.plx, *.pm, *.t
php: *.php, *.php3, *.php4, *.php5, *.php7, *.php8, *.pht, *.phtml
protobuf: *.proto
ps: *.cdxml, *.ps1, *.ps1xml, *.psd1, *.psm1
py: *.py, *.pyi
python: *.py, *.pyi
r: *.R, *.Rmd, *.Rnw, *.r
rst: *.rst
ruby: *.gemspec, *.rb, *.rbw, .irbrc, Gemfile, Rakefile, config.ru
rust: *.rs
sass: *.sass, *.scss
scala: *.sbt, *.scala
sh: *.bash, *.bashrc, *.csh, *.cshrc, *.ksh, *.kshrc, *.sh, *.tcsh, *.zsh, .bash_login
sh: .bash_logout, .bash_profile, .bashrc, .profile, .zshrc
sql: *.psql, *.sql
svelte: *.svelte
svg: *.svg
swift: *.swift
tcl: *.tcl
tex: *.bib, *.cls, *.dtx, *.ins, *.ltx, *.sty, *.tex
tf: *.terraform.lock.hcl, *.tf, *.tf.json, *.tfrc, *.tfvars, *.tfvars.json, terraform.rc
toml: *.toml, Cargo.lock
ts: *.cts, *.mts, *.ts, *.tsx
txt: *.txt
typescript: *.cts, *.mts, *.ts, *.tsx
vim: *.vim, .vimrc, vimrc
vue: *.vue
xml: *.dtd, *.rng, *.sch, *.xhtml, *.xjb, *.xml, *.xml.dist, *.xsd, *.xsl, *.xslt
yaml: *.yaml, *.yml
zig: *.zig
zsh: *.zsh, .zlogin, .zlogout, .zprofile, .zshenv, .zshrc
""";

  private final Map<String, List<String>> types = new TreeMap<>();

  FileTypes() {
    for (String line : lines(TABLE)) {
      int colon = line.indexOf(':');
      types
          .computeIfAbsent(line.substring(0, colon), k -> new ArrayList<>())
          .addAll(globs(line.substring(colon + 1)));
    }
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      lines.add(text.substring(from, end));
      from = end + 1;
    }
    return lines;
  }

  private static List<String> globs(String list) {
    List<String> globs = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= list.length(); i++) {
      if (i == list.length() || list.charAt(i) == ',') {
        globs.add(list.substring(from, i).strip());
        from = i + 1;
      }
    }
    return globs;
  }

  /** The globs of a type, or null if there is none of that name; {@code all} is every type. */
  List<String> globsOf(String name) {
    if (name.equals("all")) {
      List<String> all = new ArrayList<>();
      types.values().forEach(all::addAll);
      return all;
    }
    return types.get(name);
  }

  /** Adds {@code name:glob}, as {@code --type-add} takes it; false if it is malformed. */
  boolean add(String definition) {
    int colon = definition.indexOf(':');
    if (colon <= 0 || colon + 1 == definition.length()) {
      return false;
    }
    String rest = definition.substring(colon + 1);
    List<String> globs =
        types.computeIfAbsent(definition.substring(0, colon), k -> new ArrayList<>());
    if (rest.startsWith("include:")) {
      for (String other : globs(rest.substring(8))) {
        if (types.containsKey(other)) {
          globs.addAll(types.get(other));
        }
      }
    } else {
      globs.add(rest);
    }
    return true;
  }

  /** What {@code --type-list} prints. */
  List<String> list() {
    List<String> lines = new ArrayList<>();
    types.forEach((name, globs) -> lines.add(name + ": " + String.join(", ", globs)));
    return lines;
  }
}
