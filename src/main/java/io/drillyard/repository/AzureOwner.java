package io.drillyard.repository;

import com.azure.core.exception.HttpResponseException;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobAccessPolicy;
import com.azure.storage.blob.models.BlobSignedIdentifier;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Who holds an Azure account's key: makes the container, and lets others in by signatures that hold
 * as long as their policy stands in the container's list. Only for repositories of the lab.
 */
public final class AzureOwner {
  private static final int DAYS = 2;

  /** Azure's letters: read, add, create, write, delete, list. */
  private static final String ALL = "racwdl";

  private static final String READS = "rl";

  private final BlobContainerClient client;
  private final Credentials.SharedKey owner;
  private final StoreRequest ask;
  private final List<BlobSignedIdentifier> policies = new ArrayList<>();

  /** Of the container at that place. */
  public AzureOwner(RepositoryLocation location, Credentials.SharedKey owner) {
    this.client =
        AzureRepository.client(location, AzureAccount.of(location, owner, java.util.Map.of()));
    this.owner = owner;
    this.ask = new StoreRequest(location, owner, AzureErrors::kind, AzureErrors::words);
  }

  /** Makes the container; one that is there is no error. */
  public void makeContainer() {
    ask.to("", "made", client::createIfNotExists);
  }

  /** Lets somebody in. */
  public synchronized Credentials.SharedAccess grant(String name, boolean readsOnly) {
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    BlobSignedIdentifier policy =
        new BlobSignedIdentifier()
            .setId(name)
            .setAccessPolicy(
                new BlobAccessPolicy()
                    .setStartsOn(now.minusDays(1))
                    .setExpiresOn(now.plusDays(DAYS))
                    .setPermissions(readsOnly ? READS : ALL));
    policies.removeIf(p -> p.getId().equals(name));
    policies.add(policy);
    announce();
    return new Credentials.SharedAccess(
        owner.account(), client.generateSas(new BlobServiceSasSignatureValues(name)));
  }

  /** Lets somebody in no longer. */
  public synchronized void revoke(String name) {
    policies.removeIf(p -> p.getId().equals(name));
    announce();
  }

  private void announce() throws HttpResponseException {
    ask.to("", "given its policies", () -> client.setAccessPolicy(null, policies));
  }
}
