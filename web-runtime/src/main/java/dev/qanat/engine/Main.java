package dev.qanat.engine;

import dev.qanat.web.Host;
import dev.qanat.web.WebSched;
import org.teavm.jso.JSExport;

/** The engine as JavaScript sees it. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {}

  /** Starts the engine on this thread. Called once. */
  @JSExport
  public static void start(Host host) {
    WebSched.install(host);
  }
}
