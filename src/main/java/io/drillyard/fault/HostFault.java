package io.drillyard.fault;

/** Faults of whole hosts. */
public sealed interface HostFault extends Fault {
  @Override
  default String group() {
    return "host";
  }

  /**
   * Hosts lose power: silent, their disks survive.
   *
   * @param who loses it
   */
  record PowerOff(Who who) implements HostFault {
    @Override
    public String type() {
      return "power-off";
    }

    @Override
    public String group() {
      return who.equals(Who.ETCD_MAJORITY) ? "consensus" : "host";
    }

    @Override
    public String words() {
      return who.words("loses", "lose") + " power";
    }
  }

  /** A whole site loses power and its link to the others. */
  record SiteLoss() implements HostFault {
    @Override
    public String type() {
      return "site-loss";
    }

    @Override
    public String words() {
      return "every host at the primary's site loses power, and its link goes down";
    }

    @Override
    public String needs() {
      return "two sites";
    }
  }

  /**
   * Hosts are reset: everything ends at once, and they boot again.
   *
   * @param who is reset
   */
  record Reboot(Who who) implements HostFault {
    @Override
    public String type() {
      return "reboot";
    }

    @Override
    public String words() {
      return who.words("is reset and boots", "are reset and boot") + " again";
    }

    @Override
    public Lasting lasting() {
      return Lasting.MOMENTARY;
    }
  }

  /**
   * Every process of the hosts stops where it stands, as under a stalled hypervisor; links stay up.
   *
   * @param who stands still
   */
  record Pause(Who who) implements HostFault {
    @Override
    public String type() {
      return "pause";
    }

    @Override
    public String words() {
      return who.words("stands", "stand") + " still, every process there";
    }
  }

  /**
   * A member loses power, and its database's disk is empty when it comes back.
   *
   * @param who loses them
   */
  record DiskLoss(Who who) implements HostFault {
    @Override
    public String type() {
      return "disk-loss";
    }

    @Override
    public String words() {
      return who.words("loses", "lose")
          + " power and the database's disk, which is empty afterwards";
    }
  }

  /**
   * New processes of PostgreSQL get no more than so much address space: allocations fail, as under
   * a hard memory limit. (A lab has no memory cgroup of its own: a kernel's OOM killer is not
   * drilled.)
   *
   * @param who runs it
   * @param megabytes above what the postmaster has mapped already
   */
  record MemoryPressure(Who who, int megabytes) implements HostFault {
    @Override
    public String type() {
      return "memory-pressure";
    }

    @Override
    public String words() {
      return "PostgreSQL's new processes on %s get %d MiB of address space"
          .formatted(who.words(), megabytes);
    }
  }
}
