package io.drillyard.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A host that writes down what it is told, and answers as scripted: with status 0 and nothing to
 * say unless a word of the command was given an answer.
 */
public final class FakeHost implements Host, PowerSwitch {
  private final String name;
  private final String site;
  private final String address;
  private final List<String> told;
  private final Map<String, CommandResult> answers = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();
  private boolean on = true;
  private boolean heldBoot;
  private final CommandLog commands = new CommandLog();

  /** One that writes into a list that it may share with others, so that order is seen. */
  public FakeHost(String name, String site, String address, List<String> told) {
    this.name = name;
    this.site = site;
    this.address = address;
    this.told = told;
  }

  /** One with a list of its own. */
  public FakeHost(String name) {
    this(name, "onprem", "198.18.1.99", new ArrayList<>());
  }

  /** Answers commands with that text among their words or input; the latest script wins. */
  public void answer(String part, int exit, String stdout, String stderr) {
    answers.put(part, new CommandResult(exit, stdout, stderr));
  }

  /** Everything it was told, as {@code name: words}. */
  public List<String> told() {
    synchronized (told) {
      return List.copyOf(told);
    }
  }

  /** Files that were written, by path. */
  public Map<String, String> files() {
    return files;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CommandLog commands() {
    return commands;
  }

  @Override
  public String site() {
    return site;
  }

  @Override
  public String dataAddress() {
    return address;
  }

  @Override
  public String managementAddress() {
    return "127.0.0.1";
  }

  @Override
  public CommandResult attempt(Command command) {
    commands.add(command);
    if (!on) {
      throw new HostException(name + " is off");
    }
    String words = String.join(" ", command.argv());
    String stdin = command.stdin();
    record(words);
    CommandResult result = new CommandResult(0, "", "");
    for (Map.Entry<String, CommandResult> answer : answers.entrySet()) {
      if (words.contains(answer.getKey()) || (stdin != null && stdin.contains(answer.getKey()))) {
        result = answer.getValue();
      }
    }
    return result;
  }

  private void record(String words) {
    synchronized (told) {
      told.add(name + ": " + words);
    }
  }

  @Override
  public synchronized void write(String path, String content, String owner, String mode) {
    record("write " + path + " " + owner + " " + mode);
    files.put(path, content);
  }

  @Override
  public PowerSwitch power() {
    return this;
  }

  @Override
  public boolean isOn() {
    return on;
  }

  @Override
  public void off(Runnable silent) {
    silent.run();
    change("off", false);
  }

  @Override
  public void on(Runnable energised) {
    energised.run();
    change("on", true);
  }

  private void change(String what, boolean after) {
    record("power " + what);
    CommandResult scripted = answers.get("power " + what);
    if (scripted != null && !scripted.ok()) {
      throw new HostException(name + ": " + scripted.stderr());
    }
    on = after;
  }

  @Override
  public void maintenanceBoot(boolean maintenance) {
    record("maintenance " + maintenance);
    heldBoot = maintenance;
  }

  @Override
  public boolean isMaintenanceBoot() {
    return heldBoot;
  }

  @Override
  public CommandResult rescue(Command command) {
    if (on) {
      throw new HostException(name + " has power");
    }
    on = true;
    CommandResult result = attempt(command);
    on = false;
    return result;
  }

  @Override
  public void pause() {
    record("pause");
  }

  @Override
  public void resume() {
    record("resume");
  }
}
